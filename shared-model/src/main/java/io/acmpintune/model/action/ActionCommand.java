package io.acmpintune.model.action;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * The command to perform one action on one device.
 *
 * @param requestedBy the person, as the caller names them; 1 to 200 characters without control characters, stored
 *            with the action
 * @param justification why, for the administrators who approve it in Intune (Multi Admin Approval) and for the history;
 *            500 characters at most
 * @param expiresAt when it is no longer sent; null = the connector's default
 * @param wipe for {@link ActionKind#WIPE} only
 * @param notification for {@link ActionKind#SEND_NOTIFICATION} only
 * @param origin the requesting workflow, to which emergency stops apply; 1 to 64 characters; null = none
 * @param expected the device as the requester saw it; required for a retire or wipe
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy, @Nullable String justification,
        @Nullable Instant expiresAt, @Nullable WipeOptions wipe, @Nullable Notification notification,
        @Nullable String origin, @Nullable ExpectedDevice expected) {

    private static final int LONGEST_JUSTIFICATION = 500;

    public ActionCommand {
        // a field that is missing in the JSON is null, whatever its type says
        if (kind == null || deviceId == null) {
            throw new IllegalArgumentException((kind == null ? "kind" : "deviceId") + " is missing");
        }
        Person.check("requestedBy", requestedBy);
        if (justification != null && justification.length() > LONGEST_JUSTIFICATION) {
            throw new IllegalArgumentException(
                    "justification must have " + LONGEST_JUSTIFICATION + " characters at most");
        }
        if (origin != null) {
            ActionStop.checkOrigin(origin);
        }
        checkParameters("wipe", wipe != null, kind, ActionKind.WIPE);
        checkParameters("notification", notification != null, kind, ActionKind.SEND_NOTIFICATION);
    }

    /** Creates a command of a kind without parameters. */
    public ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy) {
        this(kind, deviceId, requestedBy, null, null, null, null);
    }

    /** Creates a command without a workflow and without an expected device. */
    public ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy, @Nullable String justification,
            @Nullable Instant expiresAt, @Nullable WipeOptions wipe, @Nullable Notification notification) {
        this(kind, deviceId, requestedBy, justification, expiresAt, wipe, notification, null, null);
    }

    /** Returns this command with a workflow as its origin. */
    public ActionCommand from(String workflow) {
        return new ActionCommand(kind, deviceId, requestedBy, justification, expiresAt, wipe, notification, workflow,
                expected);
    }

    /** Returns this command with another expiry; null = the connector's default. */
    public ActionCommand expiring(@Nullable Instant at) {
        return new ActionCommand(kind, deviceId, requestedBy, justification, at, wipe, notification, origin, expected);
    }

    private static void checkParameters(String name, boolean given, ActionKind kind, ActionKind takes) {
        if (given != (kind == takes)) {
            throw new IllegalArgumentException(given
                    ? name + " is given, but the kind is " + kind.text()
                    : name + " is missing, and the kind is " + kind.text());
        }
    }

    /** Returns this command without its secrets. */
    public ActionCommand withoutSecrets() {
        return withUnlockCode(null);
    }

    /** Returns this command with this unlock code for a Mac, or without one; a command that is no wipe is unchanged. */
    public ActionCommand withUnlockCode(@Nullable String code) {
        return wipe == null
                ? this
                : new ActionCommand(kind, deviceId, requestedBy, justification, expiresAt, wipe.withCode(code),
                        notification, origin, expected);
    }
}
