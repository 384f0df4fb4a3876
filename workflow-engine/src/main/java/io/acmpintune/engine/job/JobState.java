package io.acmpintune.engine.job;

import java.util.Optional;

/** The state of a job, as in ACMP's Job Monitor. The job's outcome says what happens on the devices, and changes further. */
public enum JobState {
    /** A second person has to approve it; nothing is handed over. */
    AWAITING_APPROVAL,
    /** Some targets have not been handed to Intune yet. */
    RUNNING,
    /** All targets were handed to Intune or ended otherwise. */
    FINISHED,
    /** It was cancelled or not approved; targets that had not been handed over stay undone. */
    CANCELLED,
    /** The emergency stop ended it; targets that had not been handed over stay undone. */
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

    /** Returns the state after an event; empty where the event cannot happen. */
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

    /** Returns whether no more targets will be handed over. */
    public boolean isFinal() {
        return switch (this) {
            case FINISHED, CANCELLED, STOPPED -> true;
            case AWAITING_APPROVAL, RUNNING -> false;
        };
    }
}
