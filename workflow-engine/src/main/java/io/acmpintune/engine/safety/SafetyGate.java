package io.acmpintune.engine.safety;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

/**
 * The safety limits that every order passes twice: when it is made, and when it is handed to the connector. They are checked in the
 * caller's transaction and hold rows until its end, so that no concurrent answer contradicts this one. A check that fails is an
 * exception, which rolls the transaction back. The checks write to the audit; callers record their own entries after asking.
 */
@Component
public class SafetyGate {

    /**
     * The identity of every order that comes over SICS, whichever workflow it is for: messages there do not prove who sent them, so
     * all of them share its thresholds.
     */
    public static final String SICS = "sics:acmp";

    private final EmergencyStops stops;
    private final Orders orders;
    private final Caps caps;
    private final SafetySettings settings;

    SafetyGate(EmergencyStops stops, Orders orders, Caps caps, SafetySettings settings) {
        this.stops = stops;
        this.orders = orders;
        this.caps = caps;
        this.settings = settings;
    }

    /**
     * An order that is about to be made.
     *
     * @param subject the job; null for a preview
     * @param identity the authenticated caller: {@code token:acmp}, {@code user:anna}
     * @param onBehalfOf the operator named by the caller, unchecked
     * @param devices the devices it would affect, at least one
     */
    public record Order(@Nullable UUID subject, String workflow, ActionKind kind, String identity, String onBehalfOf,
            Affected devices) {
        public Order {
            if (devices.total() < 1) {
                throw new IllegalArgumentException("an order affects at least one device");
            }
        }
    }

    /** Whether an order is admitted. */
    public sealed interface Admission {
        /** At once. */
        record Free() implements Admission {}

        /** After another person has approved it; {@code reason} says why that is needed. */
        record NeedsApproval(String reason) implements Admission {}

        /** Not at all. */
        record Refused(Problem problem) implements Admission {}
    }

    /** How many devices of an order may be handed to the connector now. */
    public sealed interface Clearance {
        /** As many as {@code count}, which are counted from now on. */
        record Go(int count) implements Clearance {}

        /** None for now; the problem stays the same as long as its cause does. */
        record Wait(Problem reason) implements Clearance {}

        /** None at all: the emergency stop ends the order. */
        record Stop(Problem reason) implements Clearance {}
    }

    /** Returns what {@link #admit} would answer now; nothing is stored. */
    public Admission preview(Order order) {
        Optional<EmergencyStop> stop = stops.covering(order.workflow());
        return stop.<Admission>map(by -> new Admission.Refused(by.problem()))
                .orElseGet(() -> hasLimits(order.devices().impact())
                        ? caps.objection(order.workflow())
                                .<Admission>map(Admission.Refused::new)
                                .orElseGet(() -> orders.preview(order))
                        : new Admission.Free());
    }

    /**
     * Admits an order in the transaction that stores it, and opens a request for approval if one is needed.
     *
     * @throws IllegalStateException without a transaction
     */
    public Admission admit(Order order) {
        requireTransaction();
        Optional<EmergencyStop> stop = stops.covering(order.workflow());
        if (stop.isPresent()) {
            return new Admission.Refused(stop.get().problem());
        }
        if (!hasLimits(order.devices().impact())) {
            return new Admission.Free();
        }
        return caps.objection(order.workflow())
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> orders.admit(order));
    }

    /** Returns whether an order on so many devices must be confirmed. */
    public boolean needsConfirmation(Affected devices) {
        return settings.needsConfirmation(devices);
    }

    /**
     * Clears devices of an order, all of one impact, in the transaction that claims them.
     *
     * @param wanted the number of devices; 0 asks whether devices that were cleared before may still go
     * @throws IllegalStateException without a transaction
     */
    public Clearance clear(UUID subject, String workflow, ActionKind kind, Impact impact, int wanted) {
        return clear(subject, workflow, kind, impact, wanted, false);
    }

    /**
     * Clears one device of an order again, because a person decided that its action is sent once more.
     *
     * @throws IllegalStateException without a transaction
     */
    public Clearance clearAgain(UUID subject, String workflow, ActionKind kind, Impact impact) {
        return clear(subject, workflow, kind, impact, 1, true);
    }

    private Clearance clear(UUID subject, String workflow, ActionKind kind, Impact impact, int wanted,
            boolean again) {
        requireTransaction();
        Optional<EmergencyStop> stop = stops.covering(workflow);
        if (stop.isPresent()) {
            return new Clearance.Stop(stop.get().problem());
        }
        return hasLimits(impact)
                ? caps.clear(subject, workflow, kind, impact, wanted, again)
                : new Clearance.Go(wanted);
    }

    private static boolean hasLimits(Impact impact) {
        return impact != Impact.HARMLESS;
    }

    /**
     * Withdraws a request for approval in the transaction that cancels its job; a decided request is left as it is.
     *
     * @param by who cancels the job
     * @throws IllegalStateException without a transaction
     */
    public void withdraw(UUID subject, String by) {
        requireTransaction();
        orders.withdraw(subject, by);
    }

    /**
     * Returns whether the emergency stop ends the orders of a workflow at present; to be asked again before anything that was cleared
     * is sent, since a stop does not wait for transactions that have cleared something.
     */
    public boolean isStopped(String workflow) {
        return stops.covering(workflow).isPresent();
    }

    /** Returns orders of a workflow whose requests for approval have an outcome that was not {@link #applied} yet. */
    public List<UUID> decided(String workflow, int limit) {
        return orders.decided(workflow, limit);
    }

    /**
     * Notes that the job of an order follows the outcome of its request, in the transaction that moves the job.
     *
     * @throws IllegalStateException without a transaction
     */
    public void applied(UUID subject) {
        requireTransaction();
        orders.applied(subject);
    }

    /** Returns the outcome of an order's request for approval; pending for an order that was never admitted. */
    public ApprovalRequest.Outcome approval(UUID subject) {
        return orders.outcome(subject);
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The safety limits are checked in the transaction of what they let pass");
        }
    }
}
