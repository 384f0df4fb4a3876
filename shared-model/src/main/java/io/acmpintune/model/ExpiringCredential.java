package io.acmpintune.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A credential with which a connector signs in to Entra.
 *
 * @param use {@code reading}, or {@code acting} for the credential of actions
 * @param kind {@code certificate} or {@code client-secret}
 * @param expiresAt null = unknown: the file cannot be read, or no expiry is configured for the client secret
 */
public record ExpiringCredential(String use, String kind, @Nullable Instant expiresAt, Stage stage) {

    /** How close the expiry is, closest last. */
    public enum Stage {
        /** More than 30 days away, or unknown. */
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

        /** Returns whether a new alert is due after an alert at the other stage. */
        public boolean isNearerThan(Stage other) {
            return compareTo(other) > 0;
        }

        private static boolean within(Duration left, int days) {
            return left.compareTo(Duration.ofDays(days)) <= 0;
        }
    }
}
