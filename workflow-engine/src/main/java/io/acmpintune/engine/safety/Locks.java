package io.acmpintune.engine.safety;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Lists the workflows that are locked since a cap was reached, and lets two persons release them. */
@Component
public class Locks {

    private static final Logger log = LoggerFactory.getLogger(Locks.class);

    private final CapRepository caps;
    private final Workflows workflows;
    private final TwoPersons twoPersons;
    private final Audit audit;
    private final SafetyWebhooks webhooks;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Locks(CapRepository caps, Workflows workflows, TwoPersons twoPersons, Audit audit, SafetyWebhooks webhooks,
            TransactionOperations transactions, InstantSource clock) {
        this.caps = caps;
        this.workflows = workflows;
        this.twoPersons = twoPersons;
        this.audit = audit;
        this.webhooks = webhooks;
        this.transactions = transactions;
        this.clock = clock;
    }

    public List<WorkflowLock> all() {
        return caps.locked();
    }

    /** Returns how far two persons are with a release, and what the caller could do now. */
    public TwoPersons.Progress progress(WorkflowLock lock, Identity caller) {
        return twoPersons.progress(lock.releaseAskedBy(), lock.releaseAskedAt(), caller, clock.instant());
    }

    /**
     * Locks a workflow for another reason than a cap.
     *
     * @param kind of what waits
     * @param reason why, as the end of a sentence
     * @return false if it was locked before
     */
    public boolean lock(String workflow, ActionKind kind, String reason) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            boolean locks = !caps.hold(workflow).locked();
            if (locks) {
                caps.lock(workflow, kind, reason, clock.instant());
            }
            return locks;
        }));
    }

    /** The result of a call; a refusal is thrown only after it has been committed to the audit. */
    private record Ruling(WorkflowLock lock, TwoPersons.Step step) {}

    /**
     * Asks for the release of a workflow, or confirms it as the second person. The caps then start counting again.
     *
     * @return the lock as it is after that
     * @throws ProblemException 404 for an unknown workflow, 409 for one that is not locked, 403 to who may not, or not alone
     */
    public WorkflowLock release(String workflow, Identity caller) {
        workflows.require(workflow);
        Ruling ruling = Objects.requireNonNull(transactions.execute(_ -> rule(workflow, caller)));
        switch (ruling.step()) {
            case TwoPersons.Step.Asked() ->
                log.warn("Release of the lock requested (workflow={}, by={})", workflow, caller.key());
            case TwoPersons.Step.Confirmed() ->
                log.warn("Released the lock (workflow={}, confirmedBy={})", workflow, caller.key());
            case TwoPersons.Step.Refused(var problem) -> throw new ProblemException(problem);
        }
        return ruling.lock();
    }

    private Ruling rule(String workflow, Identity caller) {
        Instant now = clock.instant();
        WorkflowLock lock = caps.hold(workflow);
        if (!lock.locked()) {
            throw new ProblemException(
                    Problem.of(ProblemKind.NOT_LOCKED, workflow + " is not locked.", "Nothing; read the locks again."));
        }
        TwoPersons.Step step = twoPersons.step(lock.releaseAskedBy(), lock.releaseAskedAt(), caller, now);
        AuditEvent event = AuditEvent.of(switch (step) {
            case TwoPersons.Step.Asked() -> AuditEventType.LOCK_RELEASE_REQUESTED;
            case TwoPersons.Step.Confirmed() -> AuditEventType.LOCK_RELEASED;
            case TwoPersons.Step.Refused _ -> AuditEventType.REFUSED;
        }, caller.key()).in(workflow).to(AuditTarget.Kind.LOCK, workflow);
        switch (step) {
            case TwoPersons.Step.Asked() -> caps.askRelease(workflow, caller.key(), now);
            case TwoPersons.Step.Confirmed() -> {
                caps.release(workflow, caller.key(), now);
                webhooks.lockReleased(workflow);
                event = event.changing(AuditValues.none().with("locked", true),
                        AuditValues.none().with("locked", false));
            }
            case TwoPersons.Step.Refused(var problem) -> event = event.because(problem.detail());
        }
        audit.record(event);
        return new Ruling(caps.hold(workflow), step);
    }
}
