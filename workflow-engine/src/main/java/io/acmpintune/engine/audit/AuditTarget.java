package io.acmpintune.engine.audit;

/** The object of an event. */
public record AuditTarget(Kind kind, String id) {

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
        IDENTITY,
        AUDIT
    }

    public AuditTarget {
        id = TextSanitizer.clean(id);
    }
}
