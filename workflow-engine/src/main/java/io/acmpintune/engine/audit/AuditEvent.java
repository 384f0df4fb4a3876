package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * An event to be recorded.
 *
 * @param actor the authenticated identity, such as {@code token:acmp} or {@code user:anna}, or {@link #SYSTEM}
 * @param onBehalfOf the person whom the request names, not verified
 * @param before values before the event; null if there are none
 * @param reason a problem's detail or an approver's text; never a secret
 */
public record AuditEvent(AuditEventType event, String actor, @Nullable String onBehalfOf, @Nullable String workflow,
        @Nullable AuditTarget target, Correlation correlation, @Nullable AuditValues before,
        @Nullable AuditValues after,
        @Nullable String reason) {

    /** The actor of events that the service starts itself. */
    public static final String SYSTEM = "system:engine";

    public AuditEvent {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("The actor is blank");
        }
        actor = TextSanitizer.clean(actor);
        onBehalfOf = TextSanitizer.cleanOrNull(onBehalfOf);
        workflow = TextSanitizer.cleanOrNull(workflow);
        reason = TextSanitizer.cleanOrNull(reason);
    }

    public static AuditEvent of(AuditEventType event, String actor) {
        return new AuditEvent(event, actor, null, null, null, Correlation.NONE, null, null, null);
    }

    public static AuditEvent of(AuditEventType event, Requester requester) {
        return of(event, requester.actor()).onBehalfOf(requester.onBehalfOf());
    }

    public AuditEvent onBehalfOf(@Nullable String named) {
        return new AuditEvent(event, actor, named, workflow, target, correlation, before, after, reason);
    }

    public AuditEvent in(String affected) {
        return new AuditEvent(event, actor, onBehalfOf, affected, target, correlation, before, after, reason);
    }

    public AuditEvent to(AuditTarget.Kind kind, String id) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, new AuditTarget(kind, id), correlation, before, after,
                reason);
    }

    public AuditEvent with(Correlation ids) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, ids, before, after, reason);
    }

    public AuditEvent changing(@Nullable AuditValues from, @Nullable AuditValues into) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, correlation, from, into, reason);
    }

    public AuditEvent because(@Nullable String why) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, correlation, before, after, why);
    }
}
