package io.acmpintune.connector.graph;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays between attempts when Graph names none: exponential backoff with full jitter. */
record RetryDelays(Duration first, Duration longest, int attempts) {

    static final RetryDelays READING = new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(30), 6);

    /**
     * Returns a random delay whose upper bound doubles with each attempt.
     *
     * @param attempt number of the failed attempt, starting at 1
     */
    Duration after(int attempt, RandomGenerator random) {
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
