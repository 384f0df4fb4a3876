package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Retries the failed targets of a job as a new job. */
@Component
public class JobRetries {

    private static final int PAGE = 1_000;

    private final JobRepository jobs;
    private final TargetRepository targets;

    JobRetries(JobRepository jobs, TargetRepository targets) {
        this.jobs = jobs;
        this.targets = targets;
    }

    /**
     * The order of a retry.
     *
     * @param hadCode the job had an unlock code, which has to be given again
     */
    public record Retry(JobOrder order, boolean hadCode) {

        /** Returns the order by an operator. */
        public JobOrder by(String requestedBy, @Nullable String justification, @Nullable String unlockCode,
                Confirmation confirmation) {
            return order.requestedBy(requestedBy, justification, unlockCode, confirmation);
        }
    }

    /**
     * Returns an order of the targets that failed, expired, were refused for a reason that can pass, or were cancelled by the
     * emergency stop.
     *
     * @throws ProblemException 404 for an unknown job, 409 before it has a final state, or if there is nothing to retry
     */
    public Retry of(UUID id) {
        Job job = jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
        if (!job.state().isFinal()) {
            throw new ProblemException(Problem.of(ProblemKind.JOB_NOT_FINISHED,
                    "Job " + id + " is " + job.state() + "; its targets are still being handed over.",
                    "Retry it when it has finished, or cancel it first."));
        }
        List<UUID> failed = failed(job);
        if (failed.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.NOTHING_TO_RETRY,
                    "No target of job " + id + " failed, or was refused for a reason that can pass.",
                    "Start a new query action for other clients; decide uncertain targets."));
        }
        return new Retry(jobs.order(id).retrying(id, failed), jobs.hadCode(id));
    }

    /** Returns whether the outcome of a job suggests that a retry has targets. */
    public static boolean areWorthwhile(Job job) {
        return job.state().isFinal() && job.outcome().keySet().stream().anyMatch(state -> switch (state) {
            case FAILED, EXPIRED, REFUSED -> true;
            case CANCELLED -> job.state() == JobState.STOPPED;
            case QUEUED, SENDING, AWAITING_APPROVAL, ACCEPTED, PENDING, UNCERTAIN, NEEDS_DECISION, DONE,
                    NOT_SUPPORTED ->
                false;
        });
    }

    private List<UUID> failed(Job job) {
        List<UUID> failed = new ArrayList<>();
        UUID after = null;
        while (true) {
            List<Job.Target> page = targets.page(job.id(), null, after, PAGE);
            page.stream()
                    .filter(target -> retryable(job.queryAction(), target))
                    .map(Job.Target::clientId)
                    .forEach(failed::add);
            if (page.size() < PAGE) {
                return failed;
            }
            after = page.getLast().clientId();
        }
    }

    static boolean retryable(QueryAction action, Job.Target target) {
        Problem problem = target.problem();
        ProblemKind kind = problem == null ? null : problem.kind();
        return switch (target.state()) {
            // a person has to check an unknown outcome first, unless repeating is harmless
            case FAILED -> kind != ProblemKind.OUTCOME_UNKNOWN || action.kind().isRepeatable();
            case EXPIRED -> true;
            case REFUSED -> problem == null || Eligibility.mayPass(problem);
            case CANCELLED -> kind == ProblemKind.EMERGENCY_STOP;
            case QUEUED, SENDING, AWAITING_APPROVAL, ACCEPTED, PENDING, UNCERTAIN, NEEDS_DECISION, DONE,
                    NOT_SUPPORTED ->
                false;
        };
    }
}
