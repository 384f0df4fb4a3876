package io.acmpintune.engine.job;

import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes the problem of a query action that is wrong in itself. */
public final class InvalidQueryAction {

    private InvalidQueryAction() {}

    public static ProblemException of(List<FieldError> errors) {
        return new ProblemException(Problem.of(ProblemKind.INVALID_QUERY_ACTION, "The query action has " + errors.size()
                + (errors.size() == 1 ? " wrong field" : " wrong fields") + "; no device was reached.",
                "Correct the fields that the errors name, and send the query action again.").withErrors(errors));
    }
}
