package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened, to be recorded.
 *
 * @param actor whose doing it was, as the service itself found out: {@code token:acmp}, {@code user:anna}, or
 *            {@link #SYSTEM}
 * @param onBehalfOf whom the request named, unchecked
 * @param before what was so before; null where nothing was
 * @param reason why, in words for people: a problem's detail, or what an approver wrote; never a secret
 */
public record AuditEvent(AuditedEvent event, String actor, @Nullable String onBehalfOf, @Nullable String workflow,
        @Nullable Target target, Correlation correlation, @Nullable Facts before, @Nullable Facts after,
        @Nullable String reason) {

    /** The service itself, where nobody asked. */
    public static final String SYSTEM = "system:engine";

    public AuditEvent {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("an event has an actor");
        }
        actor = Words.clean(actor);
        onBehalfOf = Words.cleanOrNull(onBehalfOf);
        workflow = Words.cleanOrNull(workflow);
        reason = Words.cleanOrNull(reason);
    }

    public static AuditEvent of(AuditedEvent event, String actor) {
        return new AuditEvent(event, actor, null, null, null, Correlation.NONE, null, null, null);
    }

    public static AuditEvent of(AuditedEvent event, Author author) {
        return of(event, author.actor()).onBehalfOf(author.onBehalfOf());
    }

    public AuditEvent onBehalfOf(@Nullable String named) {
        return new AuditEvent(event, actor, named, workflow, target, correlation, before, after, reason);
    }

    public AuditEvent in(String affected) {
        return new AuditEvent(event, actor, onBehalfOf, affected, target, correlation, before, after, reason);
    }

    public AuditEvent to(Target.Kind kind, String id) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, new Target(kind, id), correlation, before, after,
                reason);
    }

    public AuditEvent with(Correlation ids) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, ids, before, after, reason);
    }

    public AuditEvent changing(@Nullable Facts from, @Nullable Facts into) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, correlation, from, into, reason);
    }

    public AuditEvent because(@Nullable String why) {
        return new AuditEvent(event, actor, onBehalfOf, workflow, target, correlation, before, after, why);
    }
}
