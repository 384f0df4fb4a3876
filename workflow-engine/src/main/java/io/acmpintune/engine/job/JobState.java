package io.acmpintune.engine.job;

import java.util.Optional;

/** Where a job stands, as ACMP's Job Monitor means it. What the devices do is told by the job's outcome, which goes on. */
public enum JobState {
    /** A second person has to approve it; nothing is handed over. */
    AWAITING_APPROVAL,
    /** Some target is not yet handed to Intune. */
    RUNNING,
    /** Every target was handed to Intune or finally refused. */
    FINISHED,
    /** It was taken back, or not approved; what had not been handed over by then stays undone. */
    CANCELLED,
    /** The emergency stop ended it; what had not been handed over by then stays undone. */
    STOPPED;

    /** What can happen to a job. */
    enum Event {
        APPROVED,
        REJECTED,
        EXPIRED,
        CANCELLED,
        STOPPED,
        HANDED_OVER
    }

    /** The state after an event; empty where the event cannot happen. */
    Optional<JobState> after(Event event) {
        return switch (this) {
            case AWAITING_APPROVAL -> switch (event) {
                case APPROVED -> Optional.of(RUNNING);
                case REJECTED, EXPIRED, CANCELLED -> Optional.of(CANCELLED);
                case STOPPED, HANDED_OVER -> Optional.empty();
            };
            case RUNNING -> switch (event) {
                case HANDED_OVER -> Optional.of(FINISHED);
                case CANCELLED -> Optional.of(CANCELLED);
                case STOPPED -> Optional.of(STOPPED);
                case APPROVED, REJECTED, EXPIRED -> Optional.empty();
            };
            case FINISHED, CANCELLED, STOPPED -> Optional.empty();
        };
    }

    /** True when nothing more will be handed over. */
    public boolean isFinal() {
        return switch (this) {
            case FINISHED, CANCELLED, STOPPED -> true;
            case AWAITING_APPROVAL, RUNNING -> false;
        };
    }
}
