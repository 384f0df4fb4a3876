package io.acmpintune.engine.console;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ActionState;

/** Rates the state of an action, for its colour and icon. */
public enum Tone {
    GOOD("good"),
    /** Continues without anybody's help. */
    RUNNING("wait"),
    /** Needs a person, or may. */
    WARN("warn"),
    BAD("bad"),
    /** Was cancelled. */
    NONE("unknown"),
    /** Has not started. */
    QUEUED("queued");

    private final String key;

    Tone(String key) {
        this.key = key;
    }

    /** Returns the name in the style sheet and among the icons. */
    public String key() {
        return key;
    }

    public static Tone of(QueryAction action, ActionState state) {
        return switch (state) {
            case QUEUED -> QUEUED;
            case SENDING, PENDING -> RUNNING;
            // some actions never report more than this
            case ACCEPTED -> action.kind().reportsOutcome() ? RUNNING : GOOD;
            case AWAITING_APPROVAL, UNCERTAIN, NEEDS_DECISION -> WARN;
            case DONE -> GOOD;
            case FAILED, NOT_SUPPORTED, REFUSED, EXPIRED -> BAD;
            case CANCELLED -> NONE;
        };
    }
}
