package io.acmpintune.engine.webhook;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A configured receiver.
 *
 * @param secret key of the signatures
 * @param sslBundle bundle that trusts the receiver; null for the Java platform's trust store
 */
record Webhook(String name, URI url, String secret, @Nullable String sslBundle, Set<WebhookEventType> events) {

    Webhook {
        events = Set.copyOf(events);
    }

    /** Hides the secret and the address, which may contain a secret of the receiver. */
    @Override
    public String toString() {
        return name;
    }
}
