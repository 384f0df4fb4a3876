package io.acmpintune.connector.health;

import java.time.Duration;
import java.time.Instant;

/** How near the end of a credential is, the nearest last. */
enum ExpiryStage {
    FAR, DAYS_30, DAYS_14, DAYS_7, DAY_1, EXPIRED;

    static ExpiryStage of(Instant expires, Instant now) {
        Duration left = Duration.between(now, expires);
        if (!left.isPositive()) {
            return EXPIRED;
        }
        return within(left, 1)
                ? DAY_1
                : within(left, 7) ? DAYS_7 : within(left, 14) ? DAYS_14 : within(left, 30) ? DAYS_30 : FAR;
    }

    /** Whether somebody should be told who was told of the other, or of nothing. */
    boolean isNearerThan(ExpiryStage told) {
        return compareTo(told) > 0;
    }

    private static boolean within(Duration left, int days) {
        return left.compareTo(Duration.ofDays(days)) <= 0;
    }
}
