package io.acmpintune.connector.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket with tickets. A reservation is a place in a queue: it is deducted immediately, whether or not it is used, and its
 * holder may send once as many requests have been released as were reserved up to it. Small calls therefore never overtake large
 * ones, and a change of pace also affects those already waiting. Pure: callers pass the time.
 *
 * @param reserved requests ever reserved
 * @param released requests ever released; at most {@code burst} more than reserved
 * @param pace share of the full rate, from 1/16 to 1
 * @param refilledAt time up to which {@code released} is counted
 * @param slowedAt when the pace was last halved
 * @param steadySince start of the current interval without a 429
 * @param closedUntil no request may be sent before this time
 */
record TokenBucket(long reserved, double released, double pace, Instant refilledAt, Instant slowedAt,
        Instant steadySince,
        Instant closedUntil) {

    static final double MIN_PACE = 1 / 16.0;
    /** 429 responses to requests that were in flight together slow the pace only once. */
    static final Duration THROTTLE_WINDOW = Duration.ofSeconds(5);
    static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(10);
    static final double RECOVERY_STEP = 0.05;

    static TokenBucket full(RateLimit limit, Instant now) {
        return new TokenBucket(0, limit.burst(), 1, now, Instant.EPOCH, now, Instant.EPOCH);
    }

    /** Returns the bucket at a later time. A closed bucket is not refilled, so it is empty when it opens. */
    TokenBucket at(Instant now, RateLimit limit) {
        Instant from = later(refilledAt, closedUntil);
        if (!now.isAfter(from)) {
            return this;
        }
        double refill = seconds(Duration.between(from, now)) * limit.perSecond() * pace;
        double most = (double) reserved + limit.burst();
        long intervals = Math.max(0, Duration.between(steadySince, now).dividedBy(RECOVERY_INTERVAL));
        return new TokenBucket(reserved, Math.min(released + refill, most),
                Math.min(1, pace + RECOVERY_STEP * intervals),
                now,
                slowedAt, steadySince.plus(RECOVERY_INTERVAL.multipliedBy(intervals)), closedUntil);
    }

    TokenBucket reserve(int count) {
        return new TokenBucket(reserved + count, released, pace, refilledAt, slowedAt, steadySince, closedUntil);
    }

    boolean isClosed(Instant now) {
        return closedUntil.isAfter(now);
    }

    /**
     * Returns the time until a ticket's holder may send at the present pace; zero = now.
     *
     * @param ticket value of {@code reserved} after the holder's own reservation
     */
    Duration waitFor(long ticket, Instant now, RateLimit limit) {
        Duration closed = isClosed(now) ? Duration.between(now, closedUntil) : Duration.ZERO;
        double missing = (double) ticket - released;
        return missing <= 0
                ? closed
                : closed.plusNanos((long) Math.ceil(missing / (limit.perSecond() * pace) * 1_000_000_000));
    }

    /** Reacts to a 429: halves the pace, drops the unused burst, and closes for as long as Intune demanded. */
    TokenBucket throttled(Duration retryAfter, Instant now) {
        boolean again = now.isBefore(slowedAt.plus(THROTTLE_WINDOW));
        Instant closed = later(closedUntil, now.plus(retryAfter));
        return new TokenBucket(reserved, Math.min(released, (double) reserved),
                again ? pace : Math.max(MIN_PACE, pace / 2),
                refilledAt, again ? slowedAt : now, later(steadySince, later(now, closed)), closed);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
