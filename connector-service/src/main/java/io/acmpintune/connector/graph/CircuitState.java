package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * State of a {@link CircuitBreaker}. Immutable; callers pass the current time.
 *
 * @param position whether calls are sent
 * @param failures failed calls in a row
 * @param since when it changed to this position
 * @param retryAt open: when one call is admitted; half-open: when another call is admitted if that one has not ended
 * @param last the latest failure; null if Graph answered the latest call
 */
public record CircuitState(Position position, int failures, Instant since, Instant retryAt, @Nullable Problem last) {

    static final int FAILURE_THRESHOLD = 5;
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);
    /** Longer than any call. */
    static final Duration PROBE_TIMEOUT = Duration.ofMinutes(3);

    /** Whether a circuit lets calls through. */
    public enum Position {
        /** Calls are sent. */
        CLOSED,
        /** The last calls failed; none is sent for a while. */
        OPEN,
        /** One call is in progress as a probe. */
        HALF_OPEN
    }

    static CircuitState closed(Instant now) {
        return new CircuitState(Position.CLOSED, 0, now, now, null);
    }

    /** Returns how long to wait before the next call; zero if it may be sent now. */
    Duration openFor(Instant now) {
        return position == Position.CLOSED || !now.isBefore(retryAt) ? Duration.ZERO : Duration.between(now, retryAt);
    }

    /** Admits a call that {@link #openFor} allows. */
    CircuitState admitted(Instant now) {
        return position == Position.CLOSED
                ? this
                : new CircuitState(Position.HALF_OPEN, failures, position == Position.HALF_OPEN ? since : now,
                        now.plus(PROBE_TIMEOUT), last);
    }

    /** Records that Graph answered, even with an error. */
    CircuitState answered(Instant now) {
        return position == Position.CLOSED && failures == 0 ? this : closed(position == Position.CLOSED ? since : now);
    }

    CircuitState failed(Problem problem, Instant now) {
        int more = failures + 1;
        return position == Position.CLOSED && more < FAILURE_THRESHOLD
                ? new CircuitState(position, more, since, retryAt, problem)
                : new CircuitState(Position.OPEN, more, position == Position.OPEN ? since : now,
                        now.plus(RETRY_INTERVAL),
                        problem);
    }
}
