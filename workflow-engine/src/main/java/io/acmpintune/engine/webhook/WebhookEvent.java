package io.acmpintune.engine.webhook;

import java.time.Instant;
import java.util.UUID;

/** Events for other systems. They contain IDs, counts, times and names of workflows, and nothing about people or devices. */
public sealed interface WebhookEvent {

    /** The workflow of events that concern all workflows, or none. */
    String EVERYWHERE = "*";

    /** Returns the workflow, or {@link #EVERYWHERE}. */
    String workflow();

    /** All targets of a job were handed over or refused. */
    record JobFinished(String workflow, UUID job, String queryAction, int targets, int refused)
            implements
                WebhookEvent {}

    /** A job waits for an approval. */
    record ApprovalRequested(String workflow, UUID job, String queryAction, int devices, Instant expiresAt)
            implements
                WebhookEvent {}

    /** The cap on destructive actions was reached, so further ones are locked. */
    record CapReached(String workflow, String queryAction, int cap, long windowSeconds) implements WebhookEvent {}

    /**
     * A connector or ACMP server no longer answers.
     *
     * @param connection name of the connector, or ID of the ACMP server
     * @param problem kind of the problem
     */
    record ConnectionBroken(String workflow, String connection, String problem) implements WebhookEvent {}

    /**
     * A connector's certificate or secret expires soon or has expired.
     *
     * @param use {@code reading}, or {@code acting} for the credential of actions
     */
    record CredentialExpiring(String workflow, String connector, String use, Instant expiresAt)
            implements
                WebhookEvent {}

    /**
     * A connector has actions that no job of this engine ordered.
     *
     * @param actions how many were found at once
     */
    record ForeignActions(String workflow, String connector, int actions) implements WebhookEvent {}

    /**
     * Sign-ins to the console fail repeatedly.
     *
     * @param ofName failures of one name within the window
     * @param ofAddress failures of one address within the window
     */
    record SignInsFailing(String workflow, int ofName, int ofAddress, long windowSeconds) implements WebhookEvent {}

    /**
     * The database may be older than the world.
     *
     * @param stopped true = everything is stopped, because it was restored; false = wipes and retires that waited are locked
     */
    record RestoreSuspected(String workflow, boolean stopped) implements WebhookEvent {}

    /** The emergency stop was pressed. */
    record StopPressed(String workflow) implements WebhookEvent {}

    /** Two persons have lifted the emergency stop. */
    record StopLifted(String workflow) implements WebhookEvent {}

    /** Two persons have released a workflow that was locked since a cap was reached. */
    record LockReleased(String workflow) implements WebhookEvent {}

    default WebhookEventType type() {
        return switch (this) {
            case JobFinished _ -> WebhookEventType.JOB_FINISHED;
            case ApprovalRequested _ -> WebhookEventType.APPROVAL_REQUESTED;
            case CapReached _ -> WebhookEventType.CAP_REACHED;
            case ConnectionBroken _ -> WebhookEventType.CONNECTION_BROKEN;
            case CredentialExpiring _ -> WebhookEventType.CREDENTIAL_EXPIRING;
            case ForeignActions _ -> WebhookEventType.FOREIGN_ACTIONS;
            case SignInsFailing _ -> WebhookEventType.SIGN_INS_FAILING;
            case StopPressed _ -> WebhookEventType.STOP_PRESSED;
            case StopLifted _ -> WebhookEventType.STOP_LIFTED;
            case LockReleased _ -> WebhookEventType.LOCK_RELEASED;
            case RestoreSuspected _ -> WebhookEventType.RESTORE_SUSPECTED;
        };
    }
}
