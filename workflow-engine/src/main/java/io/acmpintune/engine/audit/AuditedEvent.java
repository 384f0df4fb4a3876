package io.acmpintune.engine.audit;

/** What can be told of. Names are stored: one is added, never renamed. */
public enum AuditedEvent {
    QUERY_ACTION_REQUESTED,
    /** Somebody asked for what the rules forbid. */
    REFUSED,
    APPROVAL_WANTED,
    APPROVAL_GIVEN,
    APPROVAL_DENIED,
    APPROVAL_EXPIRED,
    /** An action was ordered from the connector. */
    ACTION_SENT,
    /** The connector or Intune answered the order. */
    ACTION_ANSWERED,
    /** What became of the action on the device. */
    ACTION_ENDED,
    JOB_CANCELLED,
    ACTION_REPEATED,
    UNCERTAIN_ACTION_DECIDED,
    /** A cap was reached: destructive actions are locked. */
    CAP_REACHED,
    LOCK_RELEASE_WANTED,
    LOCK_RELEASED,
    EMERGENCY_STOP_PRESSED,
    EMERGENCY_STOP_LIFT_WANTED,
    EMERGENCY_STOP_LIFTED,
    HOLD_DECIDED,
    /** Clients that an ACMP server refuses are offered to it again. */
    PARKED_RETRIED,
    CONFLICT_DECIDED,
    RUN_STARTED,
    CONFIGURATION_CHANGED,
    WEBHOOK_REDELIVERY_ORDERED,
    /** Somebody entered the console. */
    SIGNED_IN,
    /** Somebody tried to; as whom is recorded where the console has such a user. */
    SIGN_IN_FAILED,
    SIGNED_OUT,
    AUDIT_EXPORTED,
    AUDIT_VERIFIED
}
