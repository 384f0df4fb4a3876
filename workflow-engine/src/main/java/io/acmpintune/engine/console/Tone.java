package io.acmpintune.engine.console;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ActionState;

/** How good or bad it is where a device stands in a job; it has a colour and an icon. */
public enum Tone {
    /** It is done. */
    GOOD("good"),
    /** It goes on by itself. */
    RUNNING("wait"),
    /** It waits for a person. */
    WARN("warn"),
    /** It came to nothing. */
    BAD("bad"),
    /** It was taken back. */
    NONE("unknown"),
    /** It has not begun. */
    QUEUED("queued");

    private final String key;

    Tone(String key) {
        this.key = key;
    }

    /** As style sheet and icons name it. */
    public String key() {
        return key;
    }

    public static Tone of(QueryAction action, ActionState state) {
        return switch (state) {
            case QUEUED -> QUEUED;
            case SENDING, PENDING -> RUNNING;
            // of what Intune never tells the outcome, nothing better will be heard
            case ACCEPTED -> action.kind().tellsOutcome() ? RUNNING : GOOD;
            case AWAITING_APPROVAL, UNCERTAIN, NEEDS_DECISION -> WARN;
            case DONE -> GOOD;
            case FAILED, NOT_SUPPORTED, REFUSED, EXPIRED -> BAD;
            case CANCELLED -> NONE;
        };
    }
}
