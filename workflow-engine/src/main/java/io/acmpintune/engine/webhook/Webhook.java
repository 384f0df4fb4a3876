package io.acmpintune.engine.webhook;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A receiver, with everything checked.
 *
 * @param secret what deliveries are signed with
 * @param sslBundle whose trust store knows the receiver's authority; null for the Java platform's
 */
record Webhook(String name, URI url, String secret, @Nullable String sslBundle, Set<EventKind> events) {

    Webhook {
        events = Set.copyOf(events);
    }

    /** The address may hold a secret of the receiver, and the secret is one. */
    @Override
    public String toString() {
        return name;
    }
}
