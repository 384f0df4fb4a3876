package io.acmpintune.engine.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Selects entries; null matches everything.
 *
 * @param from inclusive
 * @param to exclusive
 * @param actor exact name
 * @param target exact ID of a target or of the correlation
 */
public record AuditFilter(@Nullable Instant from, @Nullable Instant to, @Nullable String actor,
        @Nullable AuditEventType event, @Nullable String target) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
