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

/** Makes jobs, tells how they stand, and takes them back. */
@Component
public class Jobs {

    /** A job with no more targets than this is answered whole. */
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
     * @param identity who is authenticated as the one who starts it
     * @throws ProblemException 409 for a key that stands for another order, for a filter that finds another number of clients
     *             than expected, and for what the safety limits refuse; 400 for an unlock code that cannot be kept
     */
    public Job start(JobOrder order, String identity, String key) {
        JobStarts.Started started = starts.start(order, identity, key);
        if (started.made()) {
            signal.work(order.workflow());
        }
        return find(started.job()).orElseThrow();
    }

    /** A job with its outcome, and with its targets where they are few. */
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
     * A page of jobs, the newest first.
     *
     * @param workflow null = of any, and likewise for the others
     * @param requestedBy the operator as the caller named him, or the identity of the caller
     * @param from the earliest time of creation
     * @param to the time of creation is before this
     * @param after the last job of the page before; null = from the newest
     */
    public Job.Page page(@Nullable String workflow, @Nullable JobState state, @Nullable QueryAction action,
            @Nullable String requestedBy, @Nullable Instant from, @Nullable Instant to, @Nullable UUID after,
            int limit) {
        List<Job> page = jobs.page(new JobRepository.Wanted(workflow, state, action, requestedBy, from, to), after,
                limit);
        Map<UUID, Map<ActionState, Integer>> outcomes = targets.outcomes(page.stream().map(Job::id).toList());
        return new Job.Page(
                page.stream().map(job -> job.with(outcomes.getOrDefault(job.id(), Map.of()), null)).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    /** A page of a job's targets, in the order of their clients' ids. */
    public Job.TargetPage targets(UUID job, @Nullable ActionState state, @Nullable UUID after, int limit) {
        List<Job.Target> page = targets.page(job, state, after, limit);
        return new Job.TargetPage(page, page.size() < limit ? null : page.getLast().clientId());
    }

    /** Writes all targets of a job as CSV, page by page, for as long as somebody reads. */
    public void export(UUID job, PrintWriter out) {
        TargetCsv csv = new TargetCsv(out);
        UUID after = null;
        do {
            Job.TargetPage page = targets(job, null, after, EXPORTED_AT_ONCE);
            page.targets().forEach(csv::write);
            after = page.next();
        } while (after != null && !out.checkError());
    }

    /** What was last ordered for a client, the newest first. */
    public List<ClientAction> ofClient(String workflow, UUID client, int limit) {
        return targets.ofClient(workflow, client, limit);
    }

    /** Of how many devices nobody knows whether they were reached, so that a person has to decide. */
    public int undecided() {
        return targets.undecided();
    }

    /**
     * Takes a job back: what was not handed to the connector is cancelled at once, what was is taken back there as long as it
     * is not sent.
     *
     * @throws ProblemException 404 for a job that is none, 409 for one that is at its end
     */
    public Job cancel(UUID id, String identity) {
        Instant now = clock.instant();
        HeldJob held = Objects.requireNonNull(transactions.execute(_ -> {
            HeldJob job = jobs.hold(id).orElseThrow(() -> unknown(id));
            JobState cancelled = job.state()
                    .after(JobState.Event.CANCELLED)
                    .orElseThrow(() -> atItsEnd(job));
            Problem reason = cancelled(identity + " cancelled the job before this device's action was sent.");
            targets.cancelUnclaimed(id, reason, now);
            targets.requestCancellation(id, identity);
            jobs.move(id, cancelled, null, now);
            starts.withdraw(id, identity);
            news.ended(job, cancelled, identity, reason);
            return job;
        }));
        signal.work(held.workflow());
        return find(id).orElseThrow();
    }

    private static ProblemException atItsEnd(HeldJob job) {
        return new ProblemException(Problem.of(ProblemKind.JOB_FINISHED,
                "Job " + job.id() + " is " + job.state() + ": everything was handed to Intune, or ended otherwise.",
                "What is under way on a device cannot be taken back; see the job's targets."));
    }

    static Problem cancelled(String detail) {
        return Problem.of(ProblemKind.CANCELLED, detail, "Start the action again if it is still wanted.");
    }

    /** What is answered about a job that is none. */
    public static ProblemException unknown(UUID id) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_JOB, "There is no job " + id + ".",
                "Use an id that a query action was answered with."));
    }
}
