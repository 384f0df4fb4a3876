package io.acmpintune.simulator.graph;

/**
 * Whether Graph's request limits are enforced, and how a throttled client learns when to retry.
 *
 * @param retryAfter the form of the header {@code Retry-After}
 */
public record RequestLimits(boolean enforced, RetryAfter retryAfter) {

    /** Observed forms of the header. */
    public enum RetryAfter {
        /** {@code 3}. */
        SECONDS,
        /** {@code 2.128}, as in an example of Graph's documentation. */
        FRACTION,
        /** {@code Mon, 23 Nov 2026 10:00:03 GMT}, by the simulator's clock. */
        DATE,
        /** No header, as often with Intune. */
        OMITTED
    }

    public static RequestLimits enforced(RetryAfter retryAfter) {
        return new RequestLimits(true, retryAfter);
    }

    public static RequestLimits off() {
        return new RequestLimits(false, RetryAfter.SECONDS);
    }
}
