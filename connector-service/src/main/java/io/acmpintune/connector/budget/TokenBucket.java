package io.acmpintune.connector.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket with tickets. A reservation is a place in line, taken at once and paid for whether or not it is used; its holder
 * goes when as many requests were released as are reserved up to it. So nobody is overtaken, however small the others' calls are,
 * and who waits feels it when the pace changes meanwhile. Pure: every time is given.
 *
 * @param reserved requests that ever were reserved
 * @param released requests that ever were released; at most {@code burst} ahead of what is reserved
 * @param pace share of the full rate, from 1/16 to 1
 * @param refilledAt up to when {@code released} is counted
 * @param slowedAt when the pace was halved last
 * @param steadySince from here the next interval without a 429 counts
 * @param closedUntil nobody goes before
 */
record TokenBucket(long reserved, double released, double pace, Instant refilledAt, Instant slowedAt,
        Instant steadySince,
        Instant closedUntil) {

    static final double SLOWEST = 1 / 16.0;
    /** The 429 of requests that were under way together are one sign, not many. */
    static final Duration ONE_SIGN = Duration.ofSeconds(5);
    static final Duration RECOVERY = Duration.ofSeconds(10);
    static final double RECOVERED = 0.05;

    static TokenBucket full(RateLimit flow, Instant now) {
        return new TokenBucket(0, flow.burst(), 1, now, Instant.EPOCH, now, Instant.EPOCH);
    }

    /** The bucket as time has changed it. While it is closed nothing flows in: what opens again is empty. */
    TokenBucket at(Instant now, RateLimit flow) {
        Instant from = later(refilledAt, closedUntil);
        if (!now.isAfter(from)) {
            return this;
        }
        double inflow = seconds(Duration.between(from, now)) * flow.perSecond() * pace;
        double most = (double) reserved + flow.burst();
        long intervals = Math.max(0, Duration.between(steadySince, now).dividedBy(RECOVERY));
        return new TokenBucket(reserved, Math.min(released + inflow, most), Math.min(1, pace + RECOVERED * intervals),
                now,
                slowedAt, steadySince.plus(RECOVERY.multipliedBy(intervals)), closedUntil);
    }

    TokenBucket reserve(int number) {
        return new TokenBucket(reserved + number, released, pace, refilledAt, slowedAt, steadySince, closedUntil);
    }

    boolean isClosed(Instant now) {
        return closedUntil.isAfter(now);
    }

    /**
     * How long until a ticket is good, at the present pace; zero for now.
     *
     * @param ticket what was reserved up to and with the holder's own
     */
    Duration until(long ticket, Instant now, RateLimit flow) {
        Duration closed = isClosed(now) ? Duration.between(now, closedUntil) : Duration.ZERO;
        double missing = (double) ticket - released;
        return missing <= 0
                ? closed
                : closed.plusNanos((long) Math.ceil(missing / (flow.perSecond() * pace) * 1_000_000_000));
    }

    /** Intune answered 429: half the pace, nothing left of the burst, and closed as long as Intune said. */
    TokenBucket throttled(Duration retryAfter, Instant now) {
        boolean again = now.isBefore(slowedAt.plus(ONE_SIGN));
        Instant closed = later(closedUntil, now.plus(retryAfter));
        return new TokenBucket(reserved, Math.min(released, (double) reserved),
                again ? pace : Math.max(SLOWEST, pace / 2),
                refilledAt, again ? slowedAt : now, later(steadySince, later(now, closed)), closed);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
