package io.acmpintune.connector.tenant;

import io.acmpintune.model.problem.Problem;

/** Entra gave no token; nothing can be asked of Graph until that is mended. */
public final class NoAccessToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Problem problem;

    NoAccessToken(String connector, Problem problem) {
        super(connector + " got no access token: " + problem.detail() + " " + problem.remedy());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
