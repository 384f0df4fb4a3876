package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** Thrown right before a request by whoever ordered it: it must not be sent any more. */
public final class SendingStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SendingStoppedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
