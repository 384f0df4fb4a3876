package io.acmpintune.model.action;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * The order to do one thing to one device.
 *
 * @param requestedBy who wants it, as the caller knows the person; 1 to 200 characters without control
 *            characters, kept with the action
 * @param justification why, for the administrators who approve it in Intune (Multi Admin Approval) and for the history;
 *            500 characters at most
 * @param expiresAt when it is too late to send it; null = as the connector is configured
 * @param wipe for {@link ActionKind#WIPE}, and for it alone
 * @param notification for {@link ActionKind#SEND_NOTIFICATION}, and for it alone
 * @param origin the workflow that orders it, by which it is stopped in an emergency: 1 to 64 characters; null = none
 * @param expected the device as whoever wants it saw it; a retire or wipe is not taken without
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy, @Nullable String justification,
        @Nullable Instant expiresAt, @Nullable WipeOptions wipe, @Nullable Notification notification,
        @Nullable String origin, @Nullable ExpectedDevice expected) {

    private static final int LONGEST_JUSTIFICATION = 500;

    public ActionCommand {
        // what a caller leaves out of its JSON arrives as null, whatever the types say
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

    /** An order of a kind without parameters. */
    public ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy) {
        this(kind, deviceId, requestedBy, null, null, null, null);
    }

    /** An order of nobody's workflow, on whatever device has the id. */
    public ActionCommand(ActionKind kind, DeviceId deviceId, String requestedBy, @Nullable String justification,
            @Nullable Instant expiresAt, @Nullable WipeOptions wipe, @Nullable Notification notification) {
        this(kind, deviceId, requestedBy, justification, expiresAt, wipe, notification, null, null);
    }

    /** The same order by a workflow. */
    public ActionCommand from(String workflow) {
        return new ActionCommand(kind, deviceId, requestedBy, justification, expiresAt, wipe, notification, workflow,
                expected);
    }

    private static void checkParameters(String name, boolean given, ActionKind kind, ActionKind takes) {
        if (given != (kind == takes)) {
            throw new IllegalArgumentException(given
                    ? name + " is given, but the kind is " + kind.text()
                    : name + " is missing, and the kind is " + kind.text());
        }
    }

    /** The same order without what must be kept secret. */
    public ActionCommand withoutSecrets() {
        return withUnlockCode(null);
    }

    /** The same order with this unlock code for a Mac, or without one; an order of another kind stays as it is. */
    public ActionCommand withUnlockCode(@Nullable String code) {
        return wipe == null
                ? this
                : new ActionCommand(kind, deviceId, requestedBy, justification, expiresAt, wipe.withCode(code),
                        notification, origin, expected);
    }
}
