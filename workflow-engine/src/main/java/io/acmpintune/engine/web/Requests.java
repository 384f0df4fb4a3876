package io.acmpintune.engine.web;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Reads what requests have in common, and collects what is wrong with one. */
final class Requests {

    private static final int LARGEST_LIMIT = 1_000;
    private static final int LONGEST_NAME = 200;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    Requests limit(int limit) {
        return check(limit >= 1 && limit <= LARGEST_LIMIT, "limit", "must be 1 to " + LARGEST_LIMIT);
    }

    /** One of the workflow's ACMP servers, or none named. */
    Requests server(Workflow workflow, @Nullable String server) {
        List<String> servers = workflow.servers().stream().map(AcmpServer::id).toList();
        return check(server == null || servers.contains(server), "server",
                "must be one of " + String.join(", ", servers));
    }

    /** The name of a person, who is told in the history. */
    Requests person(String field, @Nullable String name) {
        return check(name != null && !name.isBlank() && name.length() <= LONGEST_NAME, field,
                "must name who it is, in at most " + LONGEST_NAME + " characters");
    }

    Requests check(boolean right, String field, String reason) {
        if (!right) {
            errors.add(new Problem.FieldError(field, reason));
        }
        return this;
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException 400 with everything that was wrong
     */
    void end() {
        if (!errors.isEmpty()) {
            throw InvalidRequest.of(errors);
        }
    }
}
