package io.acmpintune.connector.budget;

import java.time.Duration;

/**
 * Refill rate and size of a token bucket. A full bucket plus the refill of 20 seconds equals the limit, so no 20-second window
 * exceeds it, wherever the window starts.
 *
 * @param burst requests that may be sent at once after an idle period
 * @param perSecond requests refilled per second at full pace
 */
record RateLimit(int burst, double perSecond) {

    /** Window of Intune's limits. Source: Graph's throttling limits for Intune devices. */
    static final Duration WINDOW = Duration.ofSeconds(20);

    static RateLimit of(int limit, int largestBurst) {
        int burst = Math.min(largestBurst, limit / 2);
        return new RateLimit(burst, (limit - burst) / (double) WINDOW.toSeconds());
    }
}
