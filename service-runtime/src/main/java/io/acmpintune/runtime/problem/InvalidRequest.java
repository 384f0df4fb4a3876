package io.acmpintune.runtime.problem;

import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;

/** Makes the problem of a request that is wrong in itself. */
public final class InvalidRequest {

    private InvalidRequest() {}

    /** Returns the exception that ends a request with one wrong field. */
    public static ProblemException of(String field, String reason) {
        return of(List.of(new FieldError(field, reason)));
    }

    /** Returns the exception that ends a request with these wrong fields. */
    public static ProblemException of(List<FieldError> errors) {
        return new ProblemException(problem("The request has " + errors.size()
                + (errors.size() == 1 ? " wrong field" : " wrong fields") + "; nothing was done.").withErrors(errors));
    }

    static Problem problem(String detail) {
        return Problem.of(ProblemKind.INVALID_REQUEST, detail,
                "Correct what the detail and the errors name, and send the request again.");
    }
}
