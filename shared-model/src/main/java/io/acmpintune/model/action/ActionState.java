package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a device action stands. Intune's 204 makes it accepted, never done: done comes from following the device. */
public enum ActionState {
    /** Stored, not sent. */
    QUEUED("queued"),
    /** About to be sent or under way: written before the request leaves. */
    SENDING("sending"),
    /** Intune wants a second administrator's approval (Multi Admin Approval). */
    AWAITING_APPROVAL("awaiting-approval"),
    /** Intune took it. */
    ACCEPTED("accepted"),
    /** Taken, and the device has not answered yet. */
    PENDING("pending"),
    /** The answer was lost: it may have been taken or not. */
    UNCERTAIN("uncertain"),
    /** Still unknown after looking: a person decides. */
    NEEDS_DECISION("needs-decision"),
    /** The device did it. */
    DONE("done"),
    /** The device tried and failed. */
    FAILED("failed"),
    /** The device cannot do it. */
    NOT_SUPPORTED("not-supported"),
    /** Intune or we said no; the problem tells why. */
    REFUSED("refused"),
    /** Taken back before it was sent. */
    CANCELLED("cancelled"),
    /** Too old to be sent. */
    EXPIRED("expired");

    private final String text;

    ActionState(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** True when nothing more will come of it. */
    public boolean isFinal() {
        return switch (this) {
            case DONE, FAILED, NOT_SUPPORTED, REFUSED, CANCELLED, EXPIRED -> true;
            case QUEUED, SENDING, AWAITING_APPROVAL, ACCEPTED, PENDING, UNCERTAIN, NEEDS_DECISION -> false;
        };
    }

    /** True when Intune took it, whatever became of it on the device. */
    public boolean isHandedOver() {
        return switch (this) {
            case ACCEPTED, PENDING, DONE, FAILED, NOT_SUPPORTED -> true;
            case QUEUED, SENDING, AWAITING_APPROVAL, UNCERTAIN, NEEDS_DECISION, REFUSED, CANCELLED, EXPIRED -> false;
        };
    }
}
