package io.acmpintune.connector.tenant;

import io.acmpintune.model.problem.Problem;

/** Entra issued no token, so Graph cannot be called. */
public final class AccessTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Problem problem;
    private final boolean isCredentialRejected;

    AccessTokenException(String connector, Problem problem, boolean isCredentialRejected) {
        super(connector + " got no access token: " + problem.detail() + " " + problem.remedy());
        this.problem = problem;
        this.isCredentialRejected = isCredentialRejected;
    }

    /** Returns whether Entra knows the application but not this secret or certificate. */
    boolean isCredentialRejected() {
        return isCredentialRejected;
    }

    public Problem problem() {
        return problem;
    }
}
