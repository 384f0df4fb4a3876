package io.acmpintune.engine.webhook;

import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.EngineDatabase;

/** Webhooks with one receiver that subscribes to every event; nothing is ever sent. */
public final class TestWebhooks {

    private TestWebhooks() {}

    public static Webhooks on(EngineDatabase database, InstantSource clock) {
        return new Webhooks(
                List.of(new Webhook("test", URI.create("https://localhost"), "canary-secret", null,
                        EnumSet.allOf(WebhookEventType.class))),
                new DeliveryRepository(database.jdbc()), database.lanes(), JsonMapper.shared(), clock);
    }
}
