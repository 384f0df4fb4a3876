package io.acmpintune.engine.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null leaves a question open.
 *
 * @param from not before
 * @param to before
 * @param actor exactly
 * @param target a target's id, or an id of the correlation, exactly
 */
public record AuditFilter(@Nullable Instant from, @Nullable Instant to, @Nullable String actor,
        @Nullable AuditedEvent event, @Nullable String target) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
