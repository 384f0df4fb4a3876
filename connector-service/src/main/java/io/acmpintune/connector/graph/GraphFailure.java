package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** Reading from Graph failed for good: after the repetitions that make sense. */
public final class GraphFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Problem problem;

    GraphFailure(Problem problem) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
