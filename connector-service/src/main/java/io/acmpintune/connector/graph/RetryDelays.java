package io.acmpintune.connector.graph;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt where Graph does not say: full jitter, so that callers do not come back together. */
record RetryDelays(Duration first, Duration longest, int attempts) {

    static final RetryDelays READING = new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(30), 6);

    /**
     * A random time up to the doubled one of the attempt before.
     *
     * @param attempt 1 for the first that failed
     */
    Duration after(int attempt, RandomGenerator random) {
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
