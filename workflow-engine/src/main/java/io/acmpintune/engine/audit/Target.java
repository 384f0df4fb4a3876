package io.acmpintune.engine.audit;

/** What an event happened to. */
public record Target(Kind kind, String id) {

    /** Kinds of targets; the names are stored. */
    public enum Kind {
        JOB,
        CLIENT,
        DEVICE,
        ACTION,
        WORKFLOW,
        HOLD,
        LOCK,
        EMERGENCY_STOP,
        RUN,
        CONFLICT,
        CONFIGURATION,
        WEBHOOK_DELIVERY,
        AUDIT
    }

    public Target {
        id = Words.clean(id);
    }
}
