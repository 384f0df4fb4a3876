package io.acmpintune.connector.tenant;

import io.acmpintune.model.problem.Problem;

/** Entra gave no token; nothing can be asked of Graph until that is mended. */
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

    /** Entra knows the application, and not this secret or certificate. */
    boolean isCredentialRejected() {
        return isCredentialRejected;
    }

    public Problem problem() {
        return problem;
    }
}
