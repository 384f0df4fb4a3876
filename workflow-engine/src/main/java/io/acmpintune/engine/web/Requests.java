package io.acmpintune.engine.web;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Reads what requests have in common, and collects what is wrong with one. */
final class Requests {

    private static final int LARGEST_LIMIT = 1_000;
    private static final int LONGEST_NAME = 200;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    static Workflow workflow(Workflows workflows, String name) {
        return workflows.find(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemKind.UNKNOWN_WORKFLOW, "This service has no such workflow.",
                                "Name one of: " + String.join(", ", workflows.names()) + ".")));
    }

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
            throw new ProblemException(Problem.of(ProblemKind.INVALID_REQUEST,
                    "The request has " + errors.size() + (errors.size() == 1 ? " wrong field." : " wrong fields."),
                    "Correct what is named and send the request again.").withErrors(errors));
        }
    }
}
