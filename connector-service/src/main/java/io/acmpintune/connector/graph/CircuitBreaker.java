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
 * The calls that one application makes to Graph, counted, and a circuit that opens when they keep failing: then calls fail at once,
 * but for one every 30 seconds. Each replica has its own view, since what is broken may be its own way to Microsoft.
 */
public final class CircuitBreaker {

    private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

    /** How a call ended. */
    public enum Outcome {
        ANSWERED,
        /** 4xx but 429. */
        REFUSED,
        /** 429. */
        THROTTLED,
        /** 5xx. */
        FAILED,
        /** The request left, and no answer came. */
        LOST,
        /** There was no connection. */
        UNREACHABLE,
        /** Entra gave no token. */
        NO_TOKEN
    }

    private final String name;
    private final InstantSource clock;
    private final AtomicReference<CircuitState> circuit;
    private final Map<Outcome, LongAdder> counts = Arrays.stream(Outcome.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new LongAdder()));

    CircuitBreaker(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.circuit = new AtomicReference<>(CircuitState.closed(clock.instant()));
    }

    public CircuitState circuit() {
        return circuit.get();
    }

    /** Calls since the start that ended so. */
    public long count(Outcome outcome) {
        LongAdder count = counts.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** How long no call goes out; zero = one may. */
    Duration refuses() {
        return circuit.get().refuses(clock.instant());
    }

    /**
     * A call is about to go out.
     *
     * @throws GraphException when the circuit is open, with what it was opened by
     */
    void enter() {
        CircuitState before;
        CircuitState after;
        do {
            before = circuit.get();
            Duration pause = before.refuses(clock.instant());
            if (pause.isPositive()) {
                throw refused(before, pause);
            }
            after = before.entered(clock.instant());
        } while (!circuit.compareAndSet(before, after));
    }

    void answered(int status) {
        counts(status == 429 ? Outcome.THROTTLED : status < 400 ? Outcome.ANSWERED : Outcome.REFUSED);
        CircuitState before = circuit.getAndUpdate(state -> state.answered(clock.instant()));
        if (before.position() != CircuitState.Position.CLOSED) {
            log.info("{} reaches Graph again", name);
        }
    }

    void failed(Outcome outcome, Problem problem) {
        counts(outcome);
        CircuitState after = circuit.updateAndGet(state -> state.failed(problem, clock.instant()));
        if (after.position() == CircuitState.Position.OPEN && after.failures() == CircuitState.TOLERATED) {
            log.warn(
                    "{} calls to Graph of {} failed in a row, the last with: {} {}; one is tried every {} s from now on",
                    after.failures(), name, problem.detail(), problem.remedy(), CircuitState.INTERVAL.toSeconds());
        }
    }

    private void counts(Outcome outcome) {
        LongAdder count = counts.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    private static GraphException refused(CircuitState state, Duration pause) {
        Problem last = state.last();
        String detail = state.failures() + " calls in a row failed; the next is tried in " + (pause.toSeconds() + 1)
                + " s.";
        return new GraphException(last == null
                ? GraphError.noAnswer(detail).toProblem()
                : last.withDetail(detail + " The last: " + last.detail()), pause);
    }
}
