package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * How calls to Graph fare. Pure: every time is given.
 *
 * @param position whether calls go out
 * @param failures calls in a row that failed
 * @param since when it came to this position
 * @param retryAt open: when one call is let through; half-open: when the one that was is given up
 * @param last what the newest failure was; null when the newest call did not fail
 */
public record CircuitState(Position position, int failures, Instant since, Instant retryAt, @Nullable Problem last) {

    static final int TOLERATED = 5;
    static final Duration INTERVAL = Duration.ofSeconds(30);
    /** Longer than any call takes. */
    static final Duration PROBE = Duration.ofMinutes(3);

    /** The positions of a circuit. */
    public enum Position {
        /** Calls go out. */
        CLOSED,
        /** The last calls failed one after the other; none goes out for a while. */
        OPEN,
        /** One call is out, to see whether it fails too. */
        HALF_OPEN
    }

    static CircuitState closed(Instant now) {
        return new CircuitState(Position.CLOSED, 0, now, now, null);
    }

    /** How long no call may go out; zero = one may. */
    Duration refuses(Instant now) {
        return position == Position.CLOSED || !now.isBefore(retryAt) ? Duration.ZERO : Duration.between(now, retryAt);
    }

    /** A call goes out, as {@link #refuses} allowed. */
    CircuitState entered(Instant now) {
        return position == Position.CLOSED
                ? this
                : new CircuitState(Position.HALF_OPEN, failures, position == Position.HALF_OPEN ? since : now,
                        now.plus(PROBE), last);
    }

    /** Something answered that is alive, whatever it said. */
    CircuitState answered(Instant now) {
        return position == Position.CLOSED && failures == 0 ? this : closed(position == Position.CLOSED ? since : now);
    }

    CircuitState failed(Problem problem, Instant now) {
        int more = failures + 1;
        return position == Position.CLOSED && more < TOLERATED
                ? new CircuitState(position, more, since, retryAt, problem)
                : new CircuitState(Position.OPEN, more, position == Position.OPEN ? since : now, now.plus(INTERVAL),
                        problem);
    }
}
