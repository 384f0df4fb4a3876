package io.acmpintune.engine.webhook;

import java.time.InstantSource;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.EngineDatabase;

/** Webhooks, for tests of what tells them something. */
public final class TestWebhooks {

    private TestWebhooks() {}

    /** Nobody is to be told anything. */
    public static Webhooks nobody(EngineDatabase database, InstantSource clock) {
        return new Webhooks(List.of(), new DeliveryRepository(database.jdbc()), database.lanes(), JsonMapper.shared(),
                clock);
    }
}
