package io.acmpintune.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A credential with which a connector signs in to Entra.
 *
 * @param use {@code reading}, or {@code acting} for the one of actions
 * @param kind {@code certificate} or {@code client-secret}
 * @param expiresAt null = unknown: a file that cannot be read, or a client secret of which nobody said it
 */
public record ExpiringCredential(String use, String kind, @Nullable Instant expiresAt, Stage stage) {

    /** How near the end of a credential is, the nearest last. */
    public enum Stage {
        /** Further away than 30 days, or unknown. */
        FAR, DAYS_30, DAYS_14, DAYS_7, DAY_1, EXPIRED;

        public static Stage of(Instant expires, Instant now) {
            Duration left = Duration.between(now, expires);
            if (!left.isPositive()) {
                return EXPIRED;
            }
            return within(left, 1)
                    ? DAY_1
                    : within(left, 7) ? DAYS_7 : within(left, 14) ? DAYS_14 : within(left, 30) ? DAYS_30 : FAR;
        }

        /** Whether somebody should be told who was told of the other, or of nothing. */
        public boolean isNearerThan(Stage told) {
            return compareTo(told) > 0;
        }

        private static boolean within(Duration left, int days) {
            return left.compareTo(Duration.ofDays(days)) <= 0;
        }
    }
}
