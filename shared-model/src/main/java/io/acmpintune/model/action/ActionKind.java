package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/** The kinds of device actions. */
public enum ActionKind {
    /** Asks the device to check in and report its inventory; harmless to repeat. */
    SYNC_DEVICE("syncDevice"),
    /** Locks the device; a Mac with a PIN, which a second lock would replace. */
    REMOTE_LOCK("remoteLock"),
    /** Removes the organization's data, profiles and apps, and the device from Intune. */
    RETIRE("retire"),
    /** Resets the device to factory settings. */
    WIPE("wipe"),
    /** Shows a text to the user in the Company Portal app. Intune does not report whether it was shown. */
    SEND_NOTIFICATION("sendNotification");

    private final String text;

    ActionKind(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** Returns whether sending it twice has the same effect as sending it once. */
    public boolean isRepeatable() {
        return switch (this) {
            case SYNC_DEVICE -> true;
            case REMOTE_LOCK, RETIRE, WIPE, SEND_NOTIFICATION -> false;
        };
    }

    /** Returns whether a device may have only one unfinished action of the kind. */
    public boolean isExclusive() {
        return switch (this) {
            case REMOTE_LOCK, RETIRE, WIPE -> true;
            case SYNC_DEVICE, SEND_NOTIFICATION -> false;
        };
    }

    /** Returns whether Intune eventually reports the outcome on the device. */
    public boolean reportsOutcome() {
        return switch (this) {
            case SYNC_DEVICE, REMOTE_LOCK, RETIRE, WIPE -> true;
            case SEND_NOTIFICATION -> false;
        };
    }
}
