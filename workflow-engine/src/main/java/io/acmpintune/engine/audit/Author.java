package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for something.
 *
 * @param actor as the service itself found out: {@code token:acmp}, {@code user:anna}
 * @param onBehalfOf whom the request named, unchecked; null = nobody
 */
public record Author(String actor, @Nullable String onBehalfOf) {

    public Author {
        onBehalfOf = actor.equals(onBehalfOf) ? null : onBehalfOf;
    }

    public static Author of(String actor) {
        return new Author(actor, null);
    }

    /** Whom people are shown. */
    public String shown() {
        return onBehalfOf == null ? actor : onBehalfOf;
    }
}
