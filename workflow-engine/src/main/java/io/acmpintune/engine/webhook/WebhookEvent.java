package io.acmpintune.engine.webhook;

import java.time.Instant;
import java.util.UUID;

/** What other systems can be told. Ids, counts, times, and names of workflows and what belongs to them; nothing about a person or a device. */
public sealed interface WebhookEvent {

    String workflow();

    /** A job has handed over, or had refused, all of its targets. */
    record JobFinished(String workflow, UUID job, String queryAction, int targets, int refused)
            implements
                WebhookEvent {}

    /** A job waits for somebody's approval, which expires. */
    record ApprovalWanted(String workflow, UUID job, String queryAction, int devices, Instant expiresAt)
            implements
                WebhookEvent {}

    /** As many destructive actions were ordered as the cap allows: further ones are locked. */
    record CapReached(String workflow, String queryAction, int cap, long windowSeconds) implements WebhookEvent {}

    /**
     * Something does not answer any more.
     *
     * @param connection name of the connector, or id of the ACMP server
     * @param problem which kind of problem
     */
    record ConnectionBroken(String workflow, String connection, String problem) implements WebhookEvent {}

    /**
     * A connector's certificate or secret ends soon, or has ended.
     *
     * @param use {@code reading}, or {@code acting} for the one of actions
     */
    record CredentialExpiring(String workflow, String connector, String use, Instant expiresAt)
            implements
                WebhookEvent {}

    /** Under which name a webhook subscribes to it. */
    default EventKind kind() {
        return switch (this) {
            case JobFinished _ -> EventKind.JOB_FINISHED;
            case ApprovalWanted _ -> EventKind.APPROVAL_WANTED;
            case CapReached _ -> EventKind.CAP_REACHED;
            case ConnectionBroken _ -> EventKind.CONNECTION_BROKEN;
            case CredentialExpiring _ -> EventKind.CREDENTIAL_EXPIRING;
        };
    }
}
