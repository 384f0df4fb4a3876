package io.acmpintune.engine.audit;

/** Types of audited events. The names are stored, so they are never renamed. */
public enum AuditEventType {
    QUERY_ACTION_REQUESTED,
    /** The rules forbid what was requested. */
    REFUSED,
    APPROVAL_REQUESTED,
    APPROVAL_GIVEN,
    APPROVAL_DENIED,
    APPROVAL_EXPIRED,
    /** An action was sent to the connector. */
    ACTION_SENT,
    /** The connector or Intune answered. */
    ACTION_ANSWERED,
    /** The action reached its final state. */
    ACTION_ENDED,
    JOB_CANCELLED,
    ACTION_REPEATED,
    UNCERTAIN_ACTION_DECIDED,
    /** A cap was reached, which locks destructive actions. */
    CAP_REACHED,
    LOCK_RELEASE_REQUESTED,
    LOCK_RELEASED,
    EMERGENCY_STOP_PRESSED,
    EMERGENCY_STOP_LIFT_REQUESTED,
    EMERGENCY_STOP_LIFTED,
    /** The database may have been restored from a backup, or an outage left a gap. */
    RESTORE_SUSPECTED,
    HOLD_DECIDED,
    /** Clients that an ACMP server rejected are sent again. */
    PARKED_RETRIED,
    CONFLICT_DECIDED,
    RUN_STARTED,
    CONFIGURATION_CHANGED,
    WEBHOOK_REDELIVERY_REQUESTED,
    SIGNED_IN,
    /** The user name is recorded only if the console has such a user. */
    SIGN_IN_FAILED,
    /** Failures of one name or one address have become many. */
    SIGN_INS_FAILING,
    SIGNED_OUT,
    /** An administrator ended the sessions of somebody. */
    SESSIONS_ENDED,
    /** The credentials of an identity are refused from now on. */
    ACCESS_REVOKED,
    ACCESS_RETURN_REQUESTED,
    ACCESS_RETURNED,
    /** The connector has an action that no job of this engine ordered. */
    FOREIGN_ACTION,
    AUDIT_EXPORTED,
    AUDIT_VERIFIED
}
