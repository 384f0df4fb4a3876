package io.acmpintune.engine.safety;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;

/**
 * What every order passes, once when it is made and once when it is handed to the connector. It answers within the caller's
 * transaction and holds rows until its end, so that no other answer can be given beside it; a question that it cannot answer is an
 * exception, and with the transaction everything is undone. It writes to the audit: whoever records entries of his own in the same
 * transaction does so after having asked.
 */
@Component
public class SafetyGate {

    private final EmergencyStops stops;
    private final Orders orders;
    private final Caps caps;

    SafetyGate(EmergencyStops stops, Orders orders, Caps caps) {
        this.stops = stops;
        this.orders = orders;
        this.caps = caps;
    }

    /**
     * What is about to be ordered.
     *
     * @param subject the job; null for a preview
     * @param identity who is authenticated as the one who orders it: {@code token:acmp}, {@code user:anna}
     * @param onBehalfOf the operator, as the caller names him
     * @param devices how many would be reached, at least 1
     */
    public record Order(@Nullable UUID subject, String workflow, ActionKind kind, String identity, String onBehalfOf,
            int devices) {
        public Order {
            if (devices < 1) {
                throw new IllegalArgumentException("an order reaches a device");
            }
        }
    }

    /** Whether something may be ordered. */
    public sealed interface Admission {
        /** At once. */
        record Free() implements Admission {}

        /** After another person has approved it; {@code reason} says why it needs that. */
        record NeedsApproval(String reason) implements Admission {}

        /** Not at all. */
        record Refused(Problem problem) implements Admission {}
    }

    /** How many devices of an order may be handed to the connector now. */
    public sealed interface Clearance {
        /** As many as {@code count}, which are used up from now on. */
        record Go(int count) implements Clearance {}

        /** None for the time being; the problem stays the same as long as its cause does. */
        record Wait(Problem reason) implements Clearance {}

        /** None, and never: the emergency stop ends it. */
        record Stop(Problem reason) implements Clearance {}
    }

    /** Asks without leaving a trace. */
    public Admission preview(Order order) {
        Optional<EmergencyStop> stop = stops.covering(order.workflow());
        return stop.<Admission>map(by -> new Admission.Refused(by.problem()))
                .orElseGet(() -> order.kind().isDestructive()
                        ? caps.objection(order.workflow())
                                .<Admission>map(Admission.Refused::new)
                                .orElseGet(() -> orders.preview(order))
                        : new Admission.Free());
    }

    /**
     * Asks in the transaction that stores the order, and opens the request for approval where one is needed.
     *
     * @throws IllegalStateException without a transaction
     */
    public Admission admit(Order order) {
        requireTransaction();
        stops.share();
        Optional<EmergencyStop> stop = stops.covering(order.workflow());
        if (stop.isPresent()) {
            return new Admission.Refused(stop.get().problem());
        }
        if (!order.kind().isDestructive()) {
            return new Admission.Free();
        }
        return caps.objection(order.workflow())
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> orders.admit(order));
    }

    /**
     * Asks in the transaction that marks devices as handed over.
     *
     * @param wanted 0 asks whether what has passed before may still go
     * @throws IllegalStateException without a transaction
     */
    public Clearance clear(UUID subject, String workflow, ActionKind kind, int wanted) {
        requireTransaction();
        stops.share();
        Optional<EmergencyStop> stop = stops.covering(workflow);
        if (stop.isPresent()) {
            return new Clearance.Stop(stop.get().problem());
        }
        return kind.isDestructive() ? caps.clear(subject, workflow, kind, wanted) : new Clearance.Go(wanted);
    }

    /**
     * Takes a request for approval back, in the transaction that takes back what it was for. One that was decided stays so.
     *
     * @param by who does
     * @throws IllegalStateException without a transaction
     */
    public void withdraw(UUID subject, String by) {
        requireTransaction();
        orders.withdraw(subject, by);
    }

    /** How the approval of an order that needs one stands; one that was never admitted is pending for ever. */
    public ApprovalRequest.Outcome approval(UUID subject) {
        return orders.standing(subject);
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The gate is asked in the transaction of what it lets pass");
        }
    }
}
