package io.acmpintune.connector.graph;

import java.time.Duration;

import io.acmpintune.model.problem.Problem;

/** Reading from Graph failed for good: after the repetitions that make sense. */
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

    /** For how long it is no use to try again; zero when nobody knows. */
    public Duration pause() {
        return pause;
    }

    public Problem problem() {
        return problem;
    }
}
