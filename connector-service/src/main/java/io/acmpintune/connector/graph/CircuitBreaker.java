package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.model.problem.Problem;

/**
 * Counts the calls to Graph that use one Entra application, and opens when they keep failing: then calls fail immediately,
 * except for one every 30 seconds. Each replica has its own, since the fault may lie in that replica's network path.
 */
public final class CircuitBreaker {

    private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

    /** How a call ended. */
    public enum Outcome {
        ANSWERED,
        /** 4xx except 429. */
        REFUSED,
        /** 429. */
        THROTTLED,
        /** 5xx. */
        FAILED,
        /** The request was sent, but no answer arrived. */
        LOST,
        /** No connection could be made. */
        UNREACHABLE,
        /** Entra did not issue a token. */
        NO_TOKEN
    }

    private final String name;
    private final InstantSource clock;
    private final AtomicReference<CircuitState> state;
    private final Map<Outcome, LongAdder> counts = Arrays.stream(Outcome.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new LongAdder()));

    CircuitBreaker(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.state = new AtomicReference<>(CircuitState.closed(clock.instant()));
    }

    public CircuitState state() {
        return state.get();
    }

    /** Returns the number of calls with this outcome since startup. */
    public long count(Outcome outcome) {
        LongAdder count = counts.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** Returns how long to wait before the next call; zero if it may be sent now. */
    Duration openFor() {
        return state.get().openFor(clock.instant());
    }

    /**
     * Admits a call that is about to be sent.
     *
     * @throws GraphException when the circuit is open, with the problem that opened it
     */
    void admit() {
        CircuitState before;
        CircuitState after;
        do {
            before = state.get();
            Duration pause = before.openFor(clock.instant());
            if (pause.isPositive()) {
                throw refused(before, pause);
            }
            after = before.admitted(clock.instant());
        } while (!state.compareAndSet(before, after));
    }

    void recordAnswer(int status) {
        increment(status == 429 ? Outcome.THROTTLED : status < 400 ? Outcome.ANSWERED : Outcome.REFUSED);
        CircuitState before = state.getAndUpdate(state -> state.answered(clock.instant()));
        if (before.position() != CircuitState.Position.CLOSED) {
            log.info("Graph answers again (connector={})", name);
        }
    }

    void recordFailure(Outcome outcome, Problem problem) {
        increment(outcome);
        CircuitState after = state.updateAndGet(state -> state.failed(problem, clock.instant()));
        if (after.position() == CircuitState.Position.OPEN && after.failures() == CircuitState.FAILURE_THRESHOLD) {
            log.warn(
                    "Opened the circuit to Graph: {} {} (connector={}, failuresInARow={}, retryEverySeconds={})",
                    problem.detail(), problem.remedy(), name, after.failures(),
                    CircuitState.RETRY_INTERVAL.toSeconds());
        }
    }

    private void increment(Outcome outcome) {
        LongAdder count = counts.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    private static GraphException refused(CircuitState state, Duration pause) {
        Problem last = state.last();
        String detail = state.failures() + " calls in a row failed; the next attempt is in " + (pause.toSeconds() + 1)
                + " s.";
        return new GraphException(last == null
                ? GraphError.noAnswer(detail).toProblem()
                : last.withDetail(detail + " Last failure: " + last.detail()), pause);
    }
}
