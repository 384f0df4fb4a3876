package io.acmpintune.engine.workflow;

import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes the problem of a workflow that the configuration does not have. */
public final class UnknownWorkflow {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private UnknownWorkflow() {}

    /** Returns the exception that ends a request which names no workflow of the configuration. */
    static ProblemException among(List<String> names) {
        return problem(NOT_FOUND, "The request names no workflow of this service.",
                "Name one of: " + String.join(", ", names) + ".");
    }

    /** Returns the exception for a caller who is not signed in and may not learn which workflows there are. */
    public static ProblemException signedOut() {
        return problem(NOT_FOUND, "The request names no workflow of this service.",
                "Sign in first.");
    }

    /** Returns the exception that ends a request about something whose workflow left the configuration. */
    public static ProblemException removed(String name) {
        return problem(CONFLICT, "The workflow " + name
                + " is no longer configured, so its connector cannot be reached.", "Configure the workflow again.");
    }

    private static ProblemException problem(int status, String detail, String remedy) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_WORKFLOW, status, detail, remedy));
    }
}
