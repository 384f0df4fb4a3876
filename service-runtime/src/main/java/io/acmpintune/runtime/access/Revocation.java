package io.acmpintune.runtime.access;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An identity whose credentials are refused.
 *
 * @param identity the key, such as {@code token:acmp} or {@code user:anna}
 * @param reason as whoever revoked it wrote it; null = none
 * @param returnAskedBy the first of the two persons who return the access; null = nobody
 */
public record Revocation(String identity, Instant revokedAt, String revokedBy, @Nullable String reason,
        @Nullable String returnAskedBy, @Nullable Instant returnAskedAt) {}
