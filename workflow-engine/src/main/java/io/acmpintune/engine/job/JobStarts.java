package io.acmpintune.engine.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.secret.UnlockCodes;

/** Makes jobs of orders: each at most once per key, whole or not at all. */
@Component
class JobStarts {

    private static final Logger log = LoggerFactory.getLogger(JobStarts.class);
    private static final int CONFLICT = 409;

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final Targeting targeting;
    private final SafetyGate gate;
    private final UnlockCodes unlockCodes;
    private final JobAudit news;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    JobStarts(JobRepository jobs, TargetRepository targets, Targeting targeting, SafetyGate gate,
            UnlockCodes unlockCodes, JobAudit news, TransactionOperations transactions, InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.targeting = targeting;
        this.gate = gate;
        this.unlockCodes = unlockCodes;
        this.news = news;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A job and whether this call made it. */
    record Started(UUID job, boolean made) {}

    /**
     * Stores the job under its key. The same key with the same order is the same job.
     *
     * @param identity who is authenticated as the one who starts it
     * @throws ProblemException 409 for a key that stands for another order, for a filter that finds another number of clients
     *             than expected, and for what the safety limits refuse; 400 for an unlock code that cannot be kept
     */
    Started start(JobOrder order, String identity, String key) {
        UUID id = UUID.randomUUID();
        String code = order.unlockCode();
        if (code != null && !unlockCodes.canKeep()) {
            throw InvalidQueryAction.of(List.of(new Problem.FieldError("parameters.macOsUnlockCode",
                    "cannot be kept safely: engine.secrets.key is not set; set it, or wipe without a code")));
        }
        JobRepository.NewJob job = new JobRepository.NewJob(id, order.withoutSecrets(), identity, key,
                code == null ? null : unlockCodes.seal(id, code), code == null ? null : unlockCodes.digest(key, code));
        boolean added;
        try {
            added = Boolean.TRUE.equals(transactions.execute(_ -> add(job)));
        } catch (ProblemException e) {
            transactions.executeWithoutResult(_ -> news.refused(job.order(), identity, e.problem()));
            throw e;
        }
        if (added) {
            log.info("Job {}: {} on clients of {}", id, order.queryAction().acmpName(), order.workflow());
            return new Started(id, true);
        }
        JobRepository.Known known = jobs.byKey(order.workflow(), key).orElseThrow();
        if (!known.order().equals(job.order()) || !Objects.equals(known.codeDigest(), job.codeDigest())) {
            throw new ProblemException(Problem.of(ProblemKind.IDEMPOTENCY_KEY_REUSED,
                    "The key stands for job " + known.id() + ", which was asked for otherwise.",
                    "Choose a new key for a new order; repeat an order with exactly the same body."));
        }
        return new Started(known.id(), false);
    }

    /** Takes back what a start asked others for; in the transaction that takes the job back. */
    void withdraw(UUID job, String by) {
        gate.withdraw(job, by);
    }

    private boolean add(JobRepository.NewJob job) {
        Instant now = clock.instant();
        // first of all, so that whoever comes with the same key waits here, and does nothing
        if (!jobs.add(job, now)) {
            return false;
        }
        JobOrder order = job.order();
        List<EvaluatedTarget> judged = targeting.judge(order);
        targets.add(job.id(), judged, now);
        JobState state = begin(job, reached(judged), now);
        news.requested(job, state, judged);
        return true;
    }

    /** Where a job begins: at its end where nobody is reached, else as the gate says. */
    private JobState begin(JobRepository.NewJob job, int devices, Instant now) {
        if (devices == 0) {
            JobState finished = JobState.RUNNING.after(JobState.Event.HANDED_OVER).orElseThrow();
            jobs.move(job.id(), finished, null, now);
            return finished;
        }
        return switch (gate.admit(job.order().forSafety(job.id(), job.identity(), devices))) {
            case SafetyGate.Admission.Free() -> JobState.RUNNING;
            case SafetyGate.Admission.NeedsApproval(var reason) -> {
                jobs.move(job.id(), JobState.AWAITING_APPROVAL, Problem.of(ProblemKind.APPROVAL_REQUIRED, reason,
                        "Have it approved by somebody else who has the role approver."), now);
                yield JobState.AWAITING_APPROVAL;
            }
            case SafetyGate.Admission.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    private static int reached(List<EvaluatedTarget> judged) {
        return (int) judged.stream().filter(EvaluatedTarget::reached).count();
    }
}
