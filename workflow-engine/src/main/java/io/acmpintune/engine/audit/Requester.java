package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who requests something.
 *
 * @param actor the authenticated identity, such as {@code token:acmp} or {@code user:anna}
 * @param onBehalfOf the person whom the request names, not verified; null if it names nobody
 */
public record Requester(String actor, @Nullable String onBehalfOf) {

    public Requester {
        onBehalfOf = actor.equals(onBehalfOf) ? null : onBehalfOf;
    }

    public static Requester of(String actor) {
        return new Requester(actor, null);
    }

    /** Returns the name to show to people. */
    public String displayName() {
        return onBehalfOf == null ? actor : onBehalfOf;
    }
}
