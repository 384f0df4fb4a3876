package io.acmpintune.connector.graph;

import java.time.Duration;

import io.acmpintune.model.problem.Problem;

/** A call to Graph failed, after any retries. */
public final class GraphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Problem problem;
    private final Duration pause;

    GraphException(Problem problem) {
        this(problem, Duration.ZERO);
    }

    GraphException(Problem problem, Duration pause) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
        this.pause = pause;
    }

    /** Returns how long further attempts are pointless; zero = unknown. */
    public Duration pause() {
        return pause;
    }

    public Problem problem() {
        return problem;
    }
}
