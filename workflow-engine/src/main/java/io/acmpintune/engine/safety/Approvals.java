package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.person.Persons;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Forbidden;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.problem.ProblemException;

/** Lists requests for approval and applies decisions: each request is decided once, and approved by a second person. */
@Component
public class Approvals {

    private static final Logger log = LoggerFactory.getLogger(Approvals.class);
    private static final Duration EXPIRY_CHECK = Duration.ofSeconds(30);

    private final OrderRepository orders;
    private final Persons persons;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Approvals(OrderRepository orders, Persons persons, Audit audit, TransactionOperations transactions,
            InstantSource clock) {
        this.orders = orders;
        this.persons = persons;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Returns requests, the newest first, at most 1,000.
     *
     * @param state null = any
     */
    public List<ApprovalRequest> all(ApprovalRequest.@Nullable State state) {
        Instant now = clock.instant();
        return orders.approvals(state, now).stream().map(approval -> approval.at(now)).toList();
    }

    /** Counts the pending requests. */
    public int waiting() {
        return orders.countPending(clock.instant());
    }

    /** Returns the request of a job that needs or needed one. */
    public Optional<ApprovalRequest> find(UUID id) {
        return orders.approval(id).map(approval -> approval.at(clock.instant()));
    }

    /** Returns the refusal of an unknown request. */
    public static ProblemException unknown(UUID id) {
        return new ProblemException(
                Problem.of(ProblemKind.UNKNOWN_APPROVAL, "No job " + id + " needs, or needed, an approval.",
                        "Use an id that /api/v1/approvals lists."));
    }

    /** Returns why a caller may not decide a request this way, pending or not; empty = the caller may. */
    public Optional<Problem> objection(ApprovalRequest asked, boolean approve, Identity caller) {
        if (!caller.hasAnyOf(Set.of(Role.APPROVER))) {
            return Optional.of(Forbidden.because(caller.key() + " does not have the role approver."));
        }
        // whoever started the job may withdraw the request by denying it
        return approve
                ? persons.objection(caller.key(), asked.askedBy(), asked.onBehalfOf(),
                        orders.namesThrough(asked.askedBy())).map(TwoPersons::secondRequired)
                : Optional.empty();
    }

    private sealed interface Ruling {
        record Made(ApprovalRequest approval) implements Ruling {}

        record Refused(Problem problem) implements Ruling {}
    }

    /**
     * Approves or denies.
     *
     * @param reason why, in the words of the caller; null = none given
     * @throws ProblemException 400 for a reason that cannot be stored, 403 to whoever asked and to callers without the role
     *             approver, 404 for an unknown request, 409 for one that is decided or expired
     */
    public ApprovalRequest decide(UUID id, boolean approve, @Nullable String reason, Identity caller) {
        String why = Reason.checked(reason);
        Ruling ruling = Objects.requireNonNull(transactions.execute(_ -> rule(id, approve, why, caller)));
        return switch (ruling) {
            case Ruling.Made(var approval) -> {
                log.info("Request for approval {} (job={})", approval.state().text(), id);
                yield approval;
            }
            case Ruling.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    private Ruling rule(UUID id, boolean approve, @Nullable String reason, Identity caller) {
        Instant now = clock.instant();
        ApprovalRequest asked = orders.lockApproval(id)
                .orElseThrow(() -> unknown(id));
        Optional<Problem> objection = objection(asked, approve, caller);
        if (objection.isPresent()) {
            return refuse(asked, caller, objection.get());
        }
        ApprovalRequest.State state = asked.stateAt(now);
        if (state != ApprovalRequest.State.PENDING) {
            return new Ruling.Refused(Problem.of(ProblemKind.APPROVAL_CLOSED, "The request is " + state.text() + ".",
                    "Read it again; it is decided once."));
        }
        ApprovalRequest.State decided = approve ? ApprovalRequest.State.APPROVED : ApprovalRequest.State.DENIED;
        if (!orders.decide(id, decided, caller.key(), reason, now)) {
            throw new IllegalStateException("request " + id + " was locked and yet decided");
        }
        audit.record(
                about(asked, approve ? AuditEventType.APPROVAL_GIVEN : AuditEventType.APPROVAL_DENIED, caller.key())
                        .changing(AuditValues.none().with("state", state), AuditValues.none().with("state", decided))
                        .because(reason));
        return new Ruling.Made(orders.approval(id).orElseThrow());
    }

    private Ruling refuse(ApprovalRequest asked, Identity caller, Problem problem) {
        audit.record(about(asked, AuditEventType.REFUSED, caller.key()).because(problem.detail()));
        return new Ruling.Refused(problem);
    }

    /** Expires the overdue requests of a workflow. */
    Duration expire(LaneRun lane) {
        lane.write(() -> {
            Instant now = clock.instant();
            List<ApprovalRequest> overdue = orders.lockOverdue(lane.owner(), now);
            overdue.forEach(approval -> orders.decide(approval.id(), ApprovalRequest.State.EXPIRED, null, null, now));
            audit.record(overdue.stream()
                    .map(approval -> about(approval, AuditEventType.APPROVAL_EXPIRED, AuditEvent.SYSTEM))
                    .toList());
        });
        return EXPIRY_CHECK;
    }

    private static AuditEvent about(ApprovalRequest approval, AuditEventType event, String actor) {
        return AuditEvent.of(event, actor)
                .in(approval.workflow())
                .to(AuditTarget.Kind.JOB, approval.id().toString())
                .with(Correlation.ofJob(approval.id()));
    }
}
