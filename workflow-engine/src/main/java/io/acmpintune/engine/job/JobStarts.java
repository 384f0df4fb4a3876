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

import io.acmpintune.engine.safety.Affected;
import io.acmpintune.engine.safety.OrderExpiry;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** Creates jobs from orders, at most one per key, in one transaction. */
@Component
class JobStarts {

    private static final Logger log = LoggerFactory.getLogger(JobStarts.class);

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final Targeting targeting;
    private final SafetyGate gate;
    private final OrderExpiry expiry;
    private final UnlockCodeCipher unlockCodeCipher;
    private final JobAudit news;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    JobStarts(JobRepository jobs, TargetRepository targets, Targeting targeting, SafetyGate gate,
            OrderExpiry expiry, UnlockCodeCipher unlockCodeCipher, JobAudit news, TransactionOperations transactions,
            InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.targeting = targeting;
        this.gate = gate;
        this.expiry = expiry;
        this.unlockCodeCipher = unlockCodeCipher;
        this.news = news;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A job, and whether this call created it. */
    record Started(UUID job, boolean created) {}

    /**
     * Stores the job under its key. The same key with the same order is the same job.
     *
     * @param identity the authenticated caller
     * @throws ProblemException 409 for a key of another order, for a filter that finds other clients than previewed, and for what
     *             the safety limits refuse; 400 for an unlock code that cannot be encrypted, and for a missing confirmation
     */
    Started start(JobOrder order, String identity, String key) {
        UUID id = UUID.randomUUID();
        String code = order.unlockCode();
        if (code != null && !unlockCodeCipher.hasKey()) {
            throw InvalidQueryAction.of(List.of(new Problem.FieldError("parameters.macOsUnlockCode",
                    "cannot be kept safely: engine.secrets.key is not set; set it, or wipe without a code")));
        }
        JobRepository.NewJob job = new JobRepository.NewJob(id, order.withoutSecrets(), identity, key,
                code == null ? null : unlockCodeCipher.encrypt(id, code),
                code == null ? null : unlockCodeCipher.digest(key, code));
        boolean added;
        try {
            added = Boolean.TRUE.equals(transactions.execute(_ -> add(job)));
        } catch (ProblemException e) {
            transactions.executeWithoutResult(_ -> news.refused(job.order(), identity, e.problem()));
            throw e;
        }
        if (added) {
            log.info("Job {} started (action={}, workflow={})", id, order.queryAction().acmpName(), order.workflow());
            return new Started(id, true);
        }
        JobRepository.Keyed known = jobs.byKey(order.workflow(), key).orElseThrow();
        if (!known.order().equals(job.order()) || !Objects.equals(known.codeDigest(), job.codeDigest())) {
            throw new ProblemException(Problem.of(ProblemKind.IDEMPOTENCY_KEY_REUSED,
                    "The key stands for job " + known.id() + ", which was asked for otherwise.",
                    "Choose a new key for a new order; repeat an order with exactly the same body."));
        }
        return new Started(known.id(), false);
    }

    /** Withdraws a job's request for approval, in the transaction that cancels the job. */
    void withdrawApproval(UUID job, String by) {
        gate.withdraw(job, by);
    }

    private boolean add(JobRepository.NewJob job) {
        Instant now = clock.instant();
        // first, so that a concurrent order under the same key waits here and then does nothing
        if (!jobs.add(job, now, expiry.after(job.order().queryAction().greatestImpact(), now))) {
            return false;
        }
        JobOrder order = job.order();
        List<EvaluatedTarget> evaluated = targeting.evaluate(order);
        Affected affected = EvaluatedTarget.affected(evaluated);
        requireConfirmation(order, affected, evaluated.size());
        targets.add(job.id(), evaluated, now);
        if (affected.total() > 0) {
            jobs.judge(job.id(), affected.impact(), expiry.after(affected.impact(), now));
        }
        JobState state = initialState(job, affected, now);
        news.requested(job, state, evaluated);
        return true;
    }

    /** Decides the first state: finished if there is nothing to do, else as the safety limits say. */
    private JobState initialState(JobRepository.NewJob job, Affected devices, Instant now) {
        if (devices.total() == 0) {
            JobState finished = JobState.RUNNING.after(JobState.Event.HANDED_OVER).orElseThrow();
            jobs.move(job.id(), finished, null, now);
            return finished;
        }
        return switch (gate.admit(job.order().forSafety(job.id(), job.identity(), devices))) {
            case SafetyGate.Admission.Free() -> JobState.RUNNING;
            case SafetyGate.Admission.NeedsApproval(var reason) -> {
                jobs.move(job.id(), JobState.AWAITING_APPROVAL, Problem.of(ProblemKind.APPROVAL_REQUIRED, reason,
                        "Have it approved by somebody else with the role approver."), now);
                yield JobState.AWAITING_APPROVAL;
            }
            case SafetyGate.Admission.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    /** The impact of some actions depends on the platform, so that only the evaluated order shows whether it had to be confirmed. */
    private void requireConfirmation(JobOrder order, Affected affected, int clients) {
        if (gate.needsConfirmation(affected)) {
            List<Problem.FieldError> faults = order.confirmation().faults(order.queryAction(), clients);
            if (!faults.isEmpty()) {
                throw InvalidQueryAction.of(faults);
            }
        }
    }
}
