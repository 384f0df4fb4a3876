package io.acmpintune.engine.webhook;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code engine.webhooks.<name>.*}.
 *
 * @param events null or empty for all events
 * @param allowUnencrypted whether an http address is allowed
 */
record WebhookProperties(@Nullable String url, @Nullable String secret, @Nullable String sslBundle,
        @Nullable List<String> events, @DefaultValue("false") boolean allowUnencrypted) {

    @Override
    public String toString() {
        return "WebhookProperties[events=" + events + "]";
    }
}
