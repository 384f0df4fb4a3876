package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.model.action.ActionKind;

/** Notifies other systems by webhook, in the caller's transaction. */
@Component
class SafetyWebhooks {

    private final Webhooks webhooks;

    SafetyWebhooks(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    void approvalRequested(String workflow, UUID job, ActionKind kind, int devices, Instant expiresAt) {
        webhooks.enqueue(new WebhookEvent.ApprovalRequested(workflow, job, acmpName(kind), devices, expiresAt));
    }

    void capReached(String workflow, ActionKind kind, Caps.Cap cap) {
        webhooks.enqueue(
                new WebhookEvent.CapReached(workflow, acmpName(kind), cap.most(), cap.window().toSeconds()));
    }

    void lockReleased(String workflow) {
        webhooks.enqueue(new WebhookEvent.LockReleased(workflow));
    }

    /** @param scope a workflow, or all */
    void stopPressed(String scope) {
        webhooks.enqueue(new WebhookEvent.StopPressed(scope));
    }

    /** @param scope a workflow, or all */
    void stopLifted(String scope) {
        webhooks.enqueue(new WebhookEvent.StopLifted(scope));
    }

    /** Returns ACMP's name of a kind, as in the webhooks about jobs. */
    private static String acmpName(ActionKind kind) {
        return switch (kind) {
            case WIPE -> "WipeIntuneDevices";
            case RETIRE -> "RetireIntuneDevices";
            case REMOTE_LOCK -> "RemotelyLockIntuneDevices";
            case SEND_NOTIFICATION -> "SendIntuneNotification";
            case SYNC_DEVICE -> throw new IllegalArgumentException(kind.text() + " has no limits");
        };
    }
}
