package io.acmpintune.connector.budget;

import java.time.Duration;

/**
 * How a limit per 20 seconds becomes a bucket: what flows in during any 20 seconds and the full bucket together are the limit,
 * so that no window of 20 seconds holds more, wherever it begins.
 *
 * @param burst requests that may go out at once after a rest
 * @param perSecond requests per second that flow in at full pace
 */
record RateLimit(int burst, double perSecond) {

    /** The window of Intune's limits. Source: Graph's throttling limits for Intune devices. */
    static final Duration WINDOW = Duration.ofSeconds(20);

    static RateLimit within(int limit, int largestBurst) {
        int burst = Math.min(largestBurst, limit / 2);
        return new RateLimit(burst, (limit - burst) / (double) WINDOW.toSeconds());
    }
}
