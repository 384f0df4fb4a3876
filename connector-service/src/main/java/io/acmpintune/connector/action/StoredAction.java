package io.acmpintune.connector.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.DeviceId;

/**
 * An action with additional columns for the lanes.
 *
 * @param impact on the device as it was known when the action was ordered
 * @param acceptedAt by Intune's clock; null = not accepted
 * @param checks how often its device was read since it was sent
 * @param sends how often its request was sent
 * @param expiresAt it is not sent after this time
 * @param previousStart when the previous action of the same kind started on the device; null = there was none
 */
record StoredAction(DeviceAction action, Impact impact, @Nullable Instant acceptedAt, int checks, int sends,
        Instant expiresAt,
        @Nullable Instant previousStart) {

    /** Returns when Intune accepted it or, if unknown, when it was sent. */
    ActionStart start() {
        Instant at = acceptedAt != null ? acceptedAt : action.sentAt();
        return new ActionStart(at != null ? at : action.requestedAt(), previousStart);
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

    boolean isDestructive() {
        return impact == Impact.DESTRUCTIVE;
    }

    DeviceId device() {
        return action.command().deviceId();
    }
}
