package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be done to a device. */
public enum ActionKind {
    /** The device is asked to check in and report its inventory; harmless to repeat. */
    SYNC_DEVICE("syncDevice"),
    /** The device is locked; a Mac with a PIN, which a second lock would replace. */
    REMOTE_LOCK("remoteLock"),
    /** The organization's data, profiles and apps go, and the device leaves Intune. */
    RETIRE("retire"),
    /** The device is reset to the state of its delivery. */
    WIPE("wipe"),
    /** A text is shown to the user by the Company Portal app. Intune does not tell whether it was. */
    SEND_NOTIFICATION("sendNotification");

    private final String text;

    ActionKind(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** True when sending it twice does no more than sending it once. */
    public boolean isRepeatable() {
        return switch (this) {
            case SYNC_DEVICE -> true;
            case REMOTE_LOCK, RETIRE, WIPE, SEND_NOTIFICATION -> false;
        };
    }

    /** True when a device must not be given another one of the kind before the one before has come to its end. */
    public boolean isExclusive() {
        return switch (this) {
            case REMOTE_LOCK, RETIRE, WIPE -> true;
            case SYNC_DEVICE, SEND_NOTIFICATION -> false;
        };
    }

    /** True when Intune tells sooner or later what became of it on the device. */
    public boolean tellsOutcome() {
        return switch (this) {
            case SYNC_DEVICE, REMOTE_LOCK, RETIRE, WIPE -> true;
            case SEND_NOTIFICATION -> false;
        };
    }

    /** True when what it takes away does not come back: it is sent only to a device that is still the one that was meant. */
    public boolean isDestructive() {
        return switch (this) {
            case RETIRE, WIPE -> true;
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> false;
        };
    }
}
