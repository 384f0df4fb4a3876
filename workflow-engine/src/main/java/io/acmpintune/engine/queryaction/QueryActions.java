package io.acmpintune.engine.queryaction;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.job.Confirmation;
import io.acmpintune.engine.job.InvalidQueryAction;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.job.JobRetries;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.job.Preview;
import io.acmpintune.engine.job.Previews;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Starts, previews and retries query actions. */
@Component
public class QueryActions {

    private static final int LONGEST_KEY = 200;

    private final Jobs jobs;
    private final Previews previews;
    private final JobRetries retries;
    private final Workflows workflows;

    QueryActions(Jobs jobs, Previews previews, JobRetries retries, Workflows workflows) {
        this.jobs = jobs;
        this.previews = previews;
        this.retries = retries;
        this.workflows = workflows;
    }

    /**
     * Starts the job of a request.
     *
     * @param identity the authenticated caller
     * @param key the caller's idempotency key; null = each request starts a job
     * @throws ProblemException if the request is refused
     */
    public Job start(QueryActionRequest request, String identity, @Nullable String key) {
        return start(QueryActionReader.read(request, workflows.names()), identity, key);
    }

    /**
     * Returns what a request would do.
     *
     * @throws ProblemException if the request would be refused
     */
    public Preview preview(QueryActionRequest request, String identity, Preview.Window window) {
        return previews.of(QueryActionReader.readForPreview(request, workflows.names()), identity, window);
    }

    /**
     * Retries the failed targets of a job as a new job.
     *
     * @throws ProblemException if there is nothing to retry, or the request is refused
     */
    public Job retry(UUID job, RetryRequest request, String identity, @Nullable String key) {
        JobRetries.Retry retry = retries.of(job);
        WrongFields wrong = new WrongFields();
        String requestedBy = wrong.requestedBy(request.requestedBy());
        String justification = wrong.justification(request.justification());
        String code = ParametersReader.code("macOsUnlockCode", request.macOsUnlockCode(), wrong);
        if (retry.hadCode() && request.macOsUnlockCode() == null) {
            wrong.add("macOsUnlockCode", "is missing: the job had one, which is not kept");
        }
        Confirmation confirmation = new Confirmation(request.confirmed(), request.confirmedCount());
        wrong.confirmation(retry.order().queryAction(), confirmation, retry.order().clients().size());
        if (!wrong.isEmpty()) {
            throw wrong.refusal();
        }
        return start(retry.by(requestedBy, justification, code, confirmation), identity, key);
    }

    private Job start(JobOrder order, String identity, @Nullable String key) {
        if (key != null && !WrongFields.isPrintable(key, LONGEST_KEY)) {
            throw InvalidQueryAction.of(List.of(new Problem.FieldError("Idempotency-Key",
                    "must have 1 to " + LONGEST_KEY + " characters")));
        }
        return jobs.start(order, identity, key == null ? UUID.randomUUID().toString() : key);
    }
}
