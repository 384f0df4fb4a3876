package io.acmpintune.engine.web;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Collects what is wrong with a request, so that its caller sees all of it at once. */
final class RequestErrors {

    private static final int LONGEST_NAME = 200;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    RequestErrors limit(int limit) {
        return check(Parameters.isLimit(limit), "limit", Parameters.LIMITS);
    }

    /** Checks that a server, if one is named, belongs to the workflow. */
    RequestErrors server(Workflow workflow, @Nullable String server) {
        List<String> servers = workflow.servers().stream().map(AcmpServer::id).toList();
        return check(server == null || servers.contains(server), "server",
                "must be one of " + String.join(", ", servers));
    }

    /** Checks the name of the person whom the history shows. */
    RequestErrors person(String field, @Nullable String name) {
        return check(name != null && !name.isBlank() && name.length() <= LONGEST_NAME, field,
                "must name the person in at most " + LONGEST_NAME + " characters");
    }

    RequestErrors check(boolean valid, String field, String reason) {
        if (!valid) {
            errors.add(new Problem.FieldError(field, reason));
        }
        return this;
    }

    /** @throws ProblemException 400 with all errors, if there are any */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw InvalidRequest.of(errors);
        }
    }
}
