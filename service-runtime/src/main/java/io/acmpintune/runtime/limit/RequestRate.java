package io.acmpintune.runtime.limit;

/**
 * A rate with a burst, as the generic cell rate algorithm counts it: all that is kept of a caller is the time at which its
 * requests so far are paid for. Pure: callers pass the time, in nanoseconds.
 *
 * @param perSecond at least 1
 * @param burst how many requests may come at once; at least 1
 */
record RequestRate(int perSecond, int burst) {

    private static final long SECOND = 1_000_000_000;

    RequestRate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate of " + perSecond + " and a burst of " + burst + " admit nothing");
        }
    }

    /** Returns when the requests so far are paid for, if another one is counted. */
    long after(long paidAt, long now) {
        // a difference, since the time of System.nanoTime may overflow
        return (paidAt - now > 0 ? paidAt : now) + SECOND / perSecond;
    }

    /** Returns how long another request is too early; zero or less = it may pass. */
    long tooEarlyBy(long paidAt, long now) {
        return after(paidAt, now) - now - burst * (SECOND / perSecond);
    }
}
