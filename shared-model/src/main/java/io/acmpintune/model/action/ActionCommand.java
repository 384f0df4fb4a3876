package io.acmpintune.model.action;

import io.acmpintune.model.device.DeviceId;

/**
 * The order to do one thing to one device.
 *
 * @param requestedBy who wants it, as the caller knows the person; 1 to 200 characters without control
 *            characters, kept with the action
 */
public record ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy) {
    public ActionCommand {
        // what a caller leaves out of its JSON arrives as null, whatever the types say
        if (kind == null || deviceId == null) {
            throw new IllegalArgumentException((kind == null ? "kind" : "deviceId") + " is missing");
        }
        if (requestedBy == null || requestedBy.isBlank() || requestedBy.length() > 200
                || requestedBy.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "requestedBy must have 1 to 200 characters, none of them a control character");
        }
    }
}
