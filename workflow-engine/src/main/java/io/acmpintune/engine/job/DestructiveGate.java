package io.acmpintune.engine.job;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * What stands between an order and the devices: thresholds, approvals, caps and the emergency stop. Every question that it
 * cannot answer it answers by an exception, upon which nothing is sent.
 */
public interface DestructiveGate {

    /**
     * A job about to be made, or only previewed.
     *
     * @param job null for a preview
     * @param identity who is authenticated as the one who starts it
     * @param onBehalfOf the operator, as the caller names him
     * @param devices how many devices would be reached
     */
    record Intent(@Nullable UUID job, String workflow, QueryAction action, String identity, String onBehalfOf,
            int devices) {

        static Intent of(@Nullable UUID job, JobOrder order, String identity, int devices) {
            return new Intent(job, order.workflow(), order.queryAction(), identity, order.requestedBy(), devices);
        }
    }

    /** Whether a job may start. */
    sealed interface Admission {
        /** At once. */
        record Free() implements Admission {}

        /** After another person has approved it; {@code reason} says why it needs that. */
        record NeedsApproval(String reason) implements Admission {}

        /** Not at all. */
        record Refused(Problem problem) implements Admission {}
    }

    /** How many targets of a job may be handed to the connector now. */
    sealed interface HandOver {
        /** As many as {@code count}, which counts as used from now on. */
        record Go(int count) implements HandOver {}

        /** None for the time being; they wait. */
        record Wait(Problem reason) implements HandOver {}

        /** None, and never: the emergency stop ends the job. */
        record Stop(Problem reason) implements HandOver {}
    }

    /** How the approval of a job stands. */
    sealed interface Approval {
        record Pending() implements Approval {}

        record Granted() implements Approval {}

        record Denied(Problem reason) implements Approval {}

        record Expired(Problem reason) implements Approval {}
    }

    /** Asks without leaving a trace, for a preview. */
    Admission preview(Intent intent);

    /** Asks in the transaction that stores the job, and opens the request for approval where one is needed. */
    Admission admit(Intent intent);

    /** Asks in the transaction that marks the targets as handed over. */
    HandOver handOver(UUID job, String workflow, QueryAction action, int wanted);

    /** Tells, in the transaction that takes a job back, that nobody needs to approve it any more. */
    void withdraw(UUID job, String by);

    /** Asks how the approval of a job that needs one stands. */
    Approval approval(UUID job);
}
