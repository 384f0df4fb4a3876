package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Takes up again what failed in a job, as a job of its own. */
@Component
public class JobRetries {

    private static final int CONFLICT = 409;
    private static final int PAGE = 1_000;

    private final JobRepository jobs;
    private final TargetRepository targets;

    JobRetries(JobRepository jobs, TargetRepository targets) {
        this.jobs = jobs;
        this.targets = targets;
    }

    /**
     * What a retry of a job would order.
     *
     * @param hadCode the job was ordered with an unlock code, which has to be given again
     */
    public record Retry(JobOrder order, boolean hadCode) {

        /** The order, by this operator. */
        public JobOrder by(String requestedBy, @Nullable String justification, @Nullable String unlockCode) {
            return order.requestedBy(requestedBy, justification, unlockCode);
        }
    }

    /**
     * The order of those targets that failed, were refused for a reason that can pass, came too late, or were ended by the
     * emergency stop.
     *
     * @throws ProblemException 404 for a job that is none, 409 while it is not at its end, or where nothing is to be retried
     */
    public Retry of(UUID id) {
        Job job = jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
        if (!job.state().isFinal()) {
            throw new ProblemException(Problem.of(ProblemKind.JOB_NOT_FINISHED,
                    "Job " + id + " is " + job.state() + "; its targets are still being handed over.",
                    "Retry it when it is finished, or cancel it first."));
        }
        List<UUID> failed = failed(job);
        if (failed.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.NOTHING_TO_RETRY,
                    "No target of job " + id + " failed or was refused for a reason that can pass.",
                    "Start a new query action for other clients; an uncertain target wants a decision."));
        }
        return new Retry(jobs.order(id).retrying(id, failed), jobs.hadCode(id));
    }

    /** Whether a job may have something to be retried, as far as its outcome tells. */
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
            // of what is unknown a person has to find out first, unless twice is harmless
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
