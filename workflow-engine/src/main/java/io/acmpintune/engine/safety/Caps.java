package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.safety.SafetyGate.Clearance;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Lets no more devices pass to the connector than were admitted and than the caps allow; locks the workflow above a cap. */
@Component
class Caps {

    private static final Logger log = LoggerFactory.getLogger(Caps.class);

    private final CapRepository caps;
    private final OrderRepository orders;
    private final SafetySettings settings;
    private final Audit audit;
    private final SafetyWebhooks webhooks;
    private final InstantSource clock;
    private final ClockCheck clocks;

    Caps(CapRepository caps, OrderRepository orders, SafetySettings settings, Audit audit, SafetyWebhooks webhooks,
            InstantSource clock, ClockCheck clocks) {
        this.caps = caps;
        this.orders = orders;
        this.settings = settings;
        this.audit = audit;
        this.webhooks = webhooks;
        this.clock = clock;
        this.clocks = clocks;
    }

    /**
     * A limit within a time window.
     *
     * @param used how much of it is used
     */
    record Cap(int most, Duration window, long used) {

        int room() {
            return (int) Math.max(0, most - used);
        }
    }

    /** Returns why a workflow takes harmless orders only; empty = it takes all. */
    Optional<Problem> objection(String workflow) {
        return caps.locked(workflow).map(WorkflowLock::problem);
    }

    /**
     * Clears devices of an order.
     *
     * @param again they were cleared before, and a person has decided to send the action again: they count towards the caps, not
     *            towards the order's devices
     */
    Clearance clear(UUID subject, String workflow, ActionKind kind, Impact impact, int wanted, boolean again) {
        WorkflowLock lock = caps.hold(workflow);
        if (lock.locked()) {
            return new Clearance.Wait(lock.problem());
        }
        Instant now = clock.instant();
        Optional<Problem> objection = clocks.objection(orders.newest(), now)
                .or(() -> notAdmitted(subject, workflow, kind, impact, again ? 0 : wanted));
        if (objection.isPresent()) {
            return new Clearance.Wait(objection.get());
        }
        Cap tightest = tightest(lock, kind, impact, now);
        int count = Math.min(wanted, tightest.room());
        if (count > 0) {
            caps.record(new CapRepository.HandOver(subject, workflow, kind, impact, count, again), now);
        }
        if (count < wanted) {
            lock(subject, workflow, kind, tightest, now);
        }
        return count > 0 || wanted == 0
                ? new Clearance.Go(count)
                : new Clearance.Wait(caps.hold(workflow).problem());
    }

    /** The caller is not trusted that the order was admitted, nor for how many devices. */
    private Optional<Problem> notAdmitted(UUID subject, String workflow, ActionKind kind, Impact impact,
            int wanted) {
        return orders.admitted(subject)
                .filter(order -> order.workflow().equals(workflow) && order.kind() == kind
                        && caps.handedOver(subject, impact) + wanted <= order.devices().with(impact))
                .isPresent()
                        ? Optional.empty()
                        : Optional.of(Problem.of(ProblemKind.ORDER_NOT_ADMITTED,
                                "No order of this kind for so many devices was admitted or approved.",
                                "Start the action again, and have it approved if needed."));
    }

    private Cap tightest(WorkflowLock lock, ActionKind kind, Impact impact, Instant now) {
        SafetySettings.Limits limits = settings.of(kind, impact);
        Cap brief = cap(lock, kind, impact, limits.per10m(), SafetySettings.SHORT, now);
        Cap daily = cap(lock, kind, impact, limits.perDay(), SafetySettings.DAY, now);
        return daily.room() < brief.room() ? daily : brief;
    }

    /** Counting restarts with a release: two persons have accounted for what was before. */
    private Cap cap(WorkflowLock lock, ActionKind kind, Impact impact, int most, Duration window, Instant now) {
        Instant since = now.minus(window);
        Instant released = lock.releasedAt();
        return new Cap(most, window, caps.handedOver(lock.workflow(), kind, impact,
                released != null && released.isAfter(since) ? released : since));
    }

    private void lock(UUID subject, String workflow, ActionKind kind, Cap cap, Instant now) {
        String reason = "more than " + cap.most() + " of " + kind.text() + " were requested within "
                + cap.window().toMinutes() + " minutes.";
        caps.lock(workflow, kind, reason, now);
        log.error("Locked actions: {} An administrator and a second person have to release them."
                + " (workflow={})", reason, workflow);
        webhooks.capReached(workflow, kind, cap);
        audit.record(AuditEvent.of(AuditEventType.CAP_REACHED, AuditEvent.SYSTEM)
                .in(workflow)
                .to(AuditTarget.Kind.LOCK, workflow)
                .with(Correlation.ofJob(subject))
                .changing(AuditValues.none().with("locked", false),
                        AuditValues.none()
                                .with("locked", true)
                                .with("kind", kind)
                                .with("cap", cap.most())
                                .with("windowSeconds", cap.window().toSeconds()))
                .because(reason));
    }
}
