package io.acmpintune.model.action;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

import io.acmpintune.model.device.Device;

/**
 * How much an action can harm its device or user. Safety limits and confirmations depend on it. The constants are in ascending
 * order.
 */
public enum Impact {
    /** It changes nothing, and may be repeated. */
    HARMLESS,
    /** It interrupts or misleads a user, and passes by itself. */
    DISRUPTIVE,
    /** It removes data, or locks a device in a way that its user cannot undo. */
    DESTRUCTIVE;

    /**
     * Returns the impact of an action on a device. Locking a Mac sets a PIN that its user does not know. A device whose operating
     * system is unknown counts as a Mac, because it may be one.
     */
    public static Impact of(ActionKind kind, Device device) {
        return switch (kind) {
            case SYNC_DEVICE -> HARMLESS;
            case SEND_NOTIFICATION -> DISRUPTIVE;
            case REMOTE_LOCK -> PlatformSupport.mayBeMac(device) ? DESTRUCTIVE : DISRUPTIVE;
            case RETIRE, WIPE -> DESTRUCTIVE;
        };
    }

    /** Returns the greatest impact that an action can have on any device. */
    public static Impact greatest(ActionKind kind) {
        return switch (kind) {
            case SYNC_DEVICE -> HARMLESS;
            case SEND_NOTIFICATION -> DISRUPTIVE;
            case REMOTE_LOCK, RETIRE, WIPE -> DESTRUCTIVE;
        };
    }

    /** Returns the greater one. */
    public Impact max(Impact other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
