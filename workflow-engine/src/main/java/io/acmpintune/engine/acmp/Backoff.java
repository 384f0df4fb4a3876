package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes the pause before an unavailable ACMP server is tried again: full jitter, so that lanes which failed together do not
 * retry together.
 */
public final class Backoff {

    /** The least pause, whatever the random draw. */
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_DOUBLINGS = 20;

    private Backoff() {}

    /**
     * A random pause, up to a bound that starts at 5 seconds, doubles with every failure and ends at 10 minutes.
     *
     * @param failures consecutive failures including the last, from 1
     * @throws IllegalArgumentException if there was no failure
     */
    public static Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("a pause after " + failures + " failures");
        }
        long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), bound + 1));
    }
}
