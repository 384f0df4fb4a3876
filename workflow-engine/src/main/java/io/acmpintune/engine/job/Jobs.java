package io.acmpintune.engine.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Starts, lists, exports and cancels jobs. */
@Component
public class Jobs {

    /** A job with no more targets than this is returned with them. */
    static final int FEW = 100;
    private static final int EXPORTED_AT_ONCE = 1_000;

    private final JobStarts starts;
    private final JobRepository jobs;
    private final TargetRepository targets;
    private final TransactionOperations transactions;
    private final JobAudit news;
    private final JobSignal signal;
    private final InstantSource clock;

    Jobs(JobStarts starts, JobRepository jobs, TargetRepository targets, TransactionOperations transactions,
            JobAudit news, JobSignal signal, InstantSource clock) {
        this.starts = starts;
        this.jobs = jobs;
        this.targets = targets;
        this.transactions = transactions;
        this.news = news;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Stores the job under its key and has its targets handed over at once. The same key with the same order is the same job.
     *
     * @param identity the authenticated caller
     * @throws ProblemException 409 for a key of another order, for a filter that finds other clients than previewed, and for what
     *             the safety limits refuse; 400 for an unlock code that cannot be encrypted, and for a missing confirmation
     */
    public Job start(JobOrder order, String identity, String key) {
        JobStarts.Started started = starts.start(order, identity, key);
        if (started.created()) {
            signal.wakeRelay(order.workflow());
        }
        return find(started.job()).orElseThrow();
    }

    /** Returns a job with its outcome, and with its targets if they are few. */
    public Optional<Job> find(UUID id) {
        return jobs.find(id).map(job -> {
            Map<ActionState, Integer> outcome = targets.outcomes(List.of(id)).getOrDefault(id, Map.of());
            Job whole = job.with(outcome, null);
            return whole.targetCount() > FEW ? whole : job.with(outcome, targets.page(id, null, null, FEW));
        });
    }

    /** Returns a job without its targets and outcome. */
    public Optional<Job> summary(UUID id) {
        return jobs.find(id);
    }

    /** Returns a target of a job. */
    public Optional<Job.Target> target(UUID job, UUID client) {
        return targets.find(job, client);
    }

    /**
     * Returns a page of jobs, the newest first.
     *
     * @param workflow null = any, and likewise for the others
     * @param requestedBy the operator named by the caller, or the identity of the caller
     * @param from the earliest time of creation
     * @param to the latest time of creation, exclusive
     * @param after the last job of the page before; null = from the newest
     */
    public Job.Page page(@Nullable String workflow, @Nullable JobState state, @Nullable QueryAction action,
            @Nullable String requestedBy, @Nullable Instant from, @Nullable Instant to, @Nullable UUID after,
            int limit) {
        List<Job> page = jobs.page(new JobRepository.Filter(workflow, state, action, requestedBy, from, to), after,
                limit);
        Map<UUID, Map<ActionState, Integer>> outcomes = targets.outcomes(page.stream().map(Job::id).toList());
        return new Job.Page(
                page.stream().map(job -> job.with(outcomes.getOrDefault(job.id(), Map.of()), null)).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    /** Returns a page of a job's targets, in the order of their clients' ids. */
    public Job.TargetPage targets(UUID job, @Nullable ActionState state, @Nullable UUID after, int limit) {
        List<Job.Target> page = targets.page(job, state, after, limit);
        return new Job.TargetPage(page, page.size() < limit ? null : page.getLast().clientId());
    }

    /** Writes all targets of a job as CSV, page by page, until the reader leaves. */
    public void export(UUID job, PrintWriter out) {
        TargetCsv csv = new TargetCsv(out);
        UUID after = null;
        do {
            Job.TargetPage page = targets(job, null, after, EXPORTED_AT_ONCE);
            page.targets().forEach(csv::write);
            after = page.next();
        } while (after != null && !out.checkError());
    }

    /** Returns the last actions on a client, the newest first. */
    public List<ClientAction> ofClient(String workflow, UUID client, int limit) {
        return targets.ofClient(workflow, client, limit);
    }

    /** Counts the targets whose uncertain action a person has to decide. */
    public int undecided() {
        return targets.undecided();
    }

    /**
     * Cancels a job. Targets that certainly did not reach the connector are cancelled at once; the connector is asked to cancel
     * the others as long as it has not sent them.
     *
     * @throws ProblemException 404 for an unknown job, 409 for one in a final state
     */
    public Job cancel(UUID id, String identity) {
        Instant now = clock.instant();
        HeldJob held = Objects.requireNonNull(transactions.execute(_ -> {
            HeldJob job = jobs.hold(id).orElseThrow(() -> unknown(id));
            JobState cancelled = job.state()
                    .after(JobState.Event.CANCELLED)
                    .orElseThrow(() -> alreadyFinal(job));
            Problem reason = cancelled(identity + " cancelled the job before this device's action was sent.");
            targets.cancelUnclaimed(id, reason, now);
            targets.requestCancellation(id, identity);
            jobs.move(id, cancelled, null, now);
            starts.withdrawApproval(id, identity);
            news.ended(job, cancelled, identity, reason);
            return job;
        }));
        signal.wakeRelay(held.workflow());
        return find(id).orElseThrow();
    }

    private static ProblemException alreadyFinal(HeldJob job) {
        return new ProblemException(Problem.of(ProblemKind.JOB_FINISHED,
                "Job " + job.id() + " is " + job.state()
                        + ": all its targets were handed to Intune or ended otherwise.",
                "An action that was sent cannot be cancelled; see the job's targets."));
    }

    static Problem cancelled(String detail) {
        return Problem.of(ProblemKind.CANCELLED, detail, "Start the action again if it is still wanted.");
    }

    /** Returns the refusal of an unknown job. */
    public static ProblemException unknown(UUID id) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_JOB, "There is no job " + id + ".",
                "Use an id that a query action was answered with."));
    }
}
