package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.DeviceAction;

/**
 * Reports actions at a connector that no job of this engine ordered: somebody else has a token that acts there. An action whose answer
 * is on its way is unknown for a moment, too, so that each has to stay unknown for a while first.
 */
@Component
class ForeignActions {

    /** Longer than a hand-over takes; with the relay's pace it leaves a report within a minute. */
    static final Duration GRACE = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(ForeignActions.class);

    private final ForeignActionRepository actions;
    private final Workflows workflows;
    private final Audit audit;
    private final Webhooks webhooks;
    private final InstantSource clock;

    ForeignActions(ForeignActionRepository actions, Workflows workflows, Audit audit, Webhooks webhooks,
            InstantSource clock) {
        this.actions = actions;
        this.workflows = workflows;
        this.audit = audit;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /** Notes the actions of a page of a workflow's feed that no job ordered, in the transaction that reads the page. */
    void note(Workflow workflow, List<DeviceAction> page) {
        List<DeviceAction> own = page.stream()
                .filter(action -> !isForSibling(workflow, action.command().origin()))
                .toList();
        if (!own.isEmpty()) {
            actions.note(workflow.name(), connector(workflow), own, clock.instant());
        }
    }

    /** Returns whether {@link #report} has something to do. */
    boolean hasUnreported(Workflow workflow) {
        return actions.hasUnreported(workflow.name());
    }

    /** Reports what has stayed unknown. The audit is the transaction's last step. */
    void report(Workflow workflow) {
        Instant now = clock.instant();
        actions.forgetKnown(workflow.name());
        List<ForeignActionRepository.ForeignAction> found = actions.markReported(workflow.name(), now.minus(GRACE),
                now);
        if (found.isEmpty()) {
            return;
        }
        log.error("Connector {} has actions that no job of this engine ordered; find out who has a token for it"
                + " (workflow={}, actions={})", workflow.connector(), workflow,
                found.stream().map(action -> action.action().toString()).collect(Collectors.joining(",")));
        webhooks.enqueue(new WebhookEvent.ForeignActions(workflow.name(), workflow.connector(), found.size()));
        audit.record(found.stream().map(action -> event(workflow, action)).toList());
    }

    /** Another workflow of the same connector reads the same feed, and knows its own actions. */
    private boolean isForSibling(Workflow workflow, @Nullable String origin) {
        return origin != null && !origin.equals(workflow.name())
                && workflows.find(origin).filter(other -> connector(other).equals(connector(workflow))).isPresent();
    }

    private static String connector(Workflow workflow) {
        return workflow.connectorUrl() + " " + workflow.connector();
    }

    private static AuditEvent event(Workflow workflow, ForeignActionRepository.ForeignAction action) {
        return AuditEvent.of(AuditEventType.FOREIGN_ACTION, AuditEvent.SYSTEM)
                .onBehalfOf(action.requestedBy())
                .in(workflow.name())
                .to(AuditTarget.Kind.ACTION, action.action().toString())
                .with(new Correlation(null, null, action.device(), action.action(), null))
                .because(
                        workflow.connector() + " has a " + action.kind().text() + " that no job ordered; its origin is "
                                + (action.origin() == null ? "not given." : action.origin() + "."));
    }
}
