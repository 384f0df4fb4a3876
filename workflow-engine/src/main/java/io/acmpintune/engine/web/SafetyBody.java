package io.acmpintune.engine.web;

import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Checks what people write when they stop, lift, release or decide. */
final class SafetyBody {

    private SafetyBody() {}

    static ProblemException wrong(String field, String reason) {
        return new ProblemException(Problem.of("invalid-request", "Invalid request", 400,
                "The request has a wrong field.", "Correct what is named and send the request again.")
                .withErrors(List.of(new Problem.FieldError(field, reason))));
    }
}
