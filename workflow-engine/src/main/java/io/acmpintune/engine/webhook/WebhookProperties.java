package io.acmpintune.engine.webhook;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code engine.webhooks.<name>.*}.
 *
 * @param events all of them, where nothing is said
 * @param allowUnencrypted whether an http address is acceptable
 */
record WebhookProperties(@Nullable String url, @Nullable String secret, @Nullable String sslBundle,
        @Nullable List<String> events, @DefaultValue("false") boolean allowUnencrypted) {

    @Override
    public String toString() {
        return "WebhookProperties[events=" + events + "]";
    }
}
