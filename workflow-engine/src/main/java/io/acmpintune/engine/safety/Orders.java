package io.acmpintune.engine.safety;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Correlation;

/** Admits disruptive and destructive orders: at once up to the threshold of the identity, above it after a second person's approval. */
@Component
class Orders {

    private final OrderRepository orders;
    private final SafetySettings settings;
    private final Audit audit;
    private final SafetyWebhooks webhooks;
    private final InstantSource clock;
    private final ClockCheck clocks;

    Orders(OrderRepository orders, SafetySettings settings, Audit audit, SafetyWebhooks webhooks, InstantSource clock,
            ClockCheck clocks) {
        this.orders = orders;
        this.settings = settings;
        this.audit = audit;
        this.webhooks = webhooks;
        this.clock = clock;
        this.clocks = clocks;
    }

    SafetyGate.Admission preview(SafetyGate.Order order) {
        return judge(order, clock.instant());
    }

    SafetyGate.Admission admit(SafetyGate.Order order) {
        // the next order, perhaps by the same identity, has to count this one
        orders.lockAdmission();
        Instant now = clock.instant();
        SafetyGate.Admission admission = judge(order, now);
        switch (admission) {
            case SafetyGate.Admission.Free() -> orders.addFree(order, now);
            case SafetyGate.Admission.NeedsApproval(var reason) -> open(order, reason, now);
            case SafetyGate.Admission.Refused _ -> {
                // a refused order is not stored
            }
        }
        return admission;
    }

    private SafetyGate.Admission judge(SafetyGate.Order order, Instant now) {
        return clocks.objection(orders.newest(), now).<SafetyGate
                .Admission>map(SafetyGate.Admission.Refused::new)
                .orElseGet(() -> excess(order, now).<SafetyGate.Admission>map(SafetyGate.Admission.NeedsApproval::new)
                        .orElseGet(SafetyGate.Admission.Free::new));
    }

    /** Returns why an order needs an approval: the devices of each impact are compared with the threshold of that impact. */
    private Optional<String> excess(SafetyGate.Order order, Instant now) {
        return order.devices().limited().stream().flatMap(impact -> {
            long started = orders.countFree(order.identity(), order.kind(), impact, now.minus(settings.window()));
            return Threshold.exceeded(order.kind(), impact, started, order.devices().with(impact),
                    settings.threshold(order.identity(), order.kind(), impact), settings.window()).stream();
        }).findFirst();
    }

    private void open(SafetyGate.Order order, String reason, Instant now) {
        Instant expires = now.plus(settings.expiresAfter());
        orders.addPending(order, now, reason, expires);
        UUID job = Objects.requireNonNull(order.subject(), "a stored order has a subject");
        audit.record(AuditEvent.of(AuditEventType.APPROVAL_REQUESTED, order.identity())
                .onBehalfOf(order.onBehalfOf())
                .in(order.workflow())
                .to(AuditTarget.Kind.JOB, job.toString())
                .with(Correlation.ofJob(job))
                .changing(null, AuditValues.none()
                        .with("kind", order.kind())
                        .with("impact", order.devices().impact())
                        .with("devices", order.devices().total())
                        .with("expiresAt", expires))
                .because(reason));
        webhooks.approvalRequested(order.workflow(), job, order.kind(), order.devices().total(), expires);
    }

    /** Denies a pending request for approval, on behalf of whoever cancelled the job. */
    void withdraw(UUID subject, String by) {
        Instant now = clock.instant();
        orders.lockApproval(subject)
                .filter(asked -> asked.stateAt(now) == ApprovalRequest.State.PENDING)
                .ifPresent(asked -> {
                    String reason = "The job was cancelled.";
                    orders.decide(subject, ApprovalRequest.State.DENIED, by, reason, now);
                    audit.record(AuditEvent.of(AuditEventType.APPROVAL_DENIED, by)
                            .in(asked.workflow())
                            .to(AuditTarget.Kind.JOB, subject.toString())
                            .with(Correlation.ofJob(subject))
                            .changing(AuditValues.none().with("state", ApprovalRequest.State.PENDING),
                                    AuditValues.none().with("state", ApprovalRequest.State.DENIED))
                            .because(reason));
                });
    }

    /** Returns orders of a workflow whose requests have an outcome that was not applied yet. */
    List<UUID> decided(String workflow, int limit) {
        return orders.decided(workflow, clock.instant(), limit);
    }

    void applied(UUID subject) {
        orders.applied(subject);
    }

    /** Returns the outcome of an order's request for approval. */
    ApprovalRequest.Outcome outcome(UUID subject) {
        return orders.approval(subject)
                .map(approval -> approval.outcome(clock.instant()))
                .orElseGet(ApprovalRequest.Outcome.Pending::new);
    }
}
