package io.acmpintune.connector.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;

/**
 * An action with what only the lanes need.
 *
 * @param acceptedAt by Intune's clock; null = not accepted
 * @param looks how often its device was seen since it was sent
 * @param sends how often its request left for Intune
 * @param expiresAt when it is too late to send it
 * @param earlier when the action of the same kind before it began on the device; null = there was none
 */
record StoredAction(DeviceAction action, @Nullable Instant acceptedAt, int looks, int sends, Instant expiresAt,
        @Nullable Instant earlier) {

    /** When Intune took it, or, where that is not known, when it was sent. */
    ActionStart began() {
        Instant at = acceptedAt != null ? acceptedAt : action.sentAt();
        return new ActionStart(at != null ? at : action.requestedAt(), earlier);
    }

    ActionState state() {
        return action.state();
    }

    ActionCommand command() {
        return action.command();
    }

    ActionKind kind() {
        return action.command().kind();
    }

    DeviceId device() {
        return action.command().deviceId();
    }
}
