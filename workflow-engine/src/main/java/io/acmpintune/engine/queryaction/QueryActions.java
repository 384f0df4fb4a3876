package io.acmpintune.engine.queryaction;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Starts query actions. */
@Component
public class QueryActions {

    private static final int LONGEST_KEY = 200;

    private final Jobs jobs;
    private final Workflows workflows;

    QueryActions(Jobs jobs, Workflows workflows) {
        this.jobs = jobs;
        this.workflows = workflows;
    }

    /**
     * Makes a job of the request.
     *
     * @param key the caller's idempotency key; without one each request is a job of its own
     * @throws ProblemException when the request cannot be taken
     */
    public Job start(QueryActionRequest request, @Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new ProblemException(Problem.of("invalid-query-action", "Invalid query action", 400,
                    "The idempotency key cannot be taken; no device was reached.",
                    "Send a key of 1 to " + LONGEST_KEY + " characters, or none.")
                    .withErrors(List.of(new Problem.FieldError("Idempotency-Key",
                            "must have 1 to " + LONGEST_KEY + " characters"))));
        }
        return jobs.start(QueryActionReader.read(request, workflows.names()),
                key == null ? UUID.randomUUID().toString() : key);
    }
}
