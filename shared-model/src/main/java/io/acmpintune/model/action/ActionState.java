package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a device action. Intune's 204 means accepted, never done: that is determined by following the device.
 */
public enum ActionState {
    /** Stored, not sent yet. */
    QUEUED("queued"),
    /** Being sent; stored before the request is made. */
    SENDING("sending"),
    /** Waits for a second administrator's approval in Intune (Multi Admin Approval). */
    AWAITING_APPROVAL("awaiting-approval"),
    /** Accepted by Intune. */
    ACCEPTED("accepted"),
    /** Accepted, and the device has not responded yet. */
    PENDING("pending"),
    /** The response was lost: Intune may or may not have accepted it. */
    UNCERTAIN("uncertain"),
    /** Still unknown after checking the device: a person decides. */
    NEEDS_DECISION("needs-decision"),
    /** Carried out by the device. */
    DONE("done"),
    /** Failed on the device. */
    FAILED("failed"),
    /** Not supported by the device. */
    NOT_SUPPORTED("not-supported"),
    /** Refused by Intune or the connector; the problem says why. */
    REFUSED("refused"),
    /** Cancelled before it was sent. */
    CANCELLED("cancelled"),
    /** Expired before it was sent. */
    EXPIRED("expired");

    private final String text;

    ActionState(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** Returns whether the state never changes again. */
    public boolean isFinal() {
        return switch (this) {
            case DONE, FAILED, NOT_SUPPORTED, REFUSED, CANCELLED, EXPIRED -> true;
            case QUEUED, SENDING, AWAITING_APPROVAL, ACCEPTED, PENDING, UNCERTAIN, NEEDS_DECISION -> false;
        };
    }

    /** Returns whether Intune accepted it, whatever the outcome on the device. */
    public boolean isHandedOver() {
        return switch (this) {
            case ACCEPTED, PENDING, DONE, FAILED, NOT_SUPPORTED -> true;
            case QUEUED, SENDING, AWAITING_APPROVAL, UNCERTAIN, NEEDS_DECISION, REFUSED, CANCELLED, EXPIRED -> false;
        };
    }
}
