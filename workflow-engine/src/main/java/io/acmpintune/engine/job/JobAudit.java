package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** Records what happens to jobs in the audit, and notifies webhooks. Each method comes last in its transaction. */
@Component
class JobAudit {

    private final Audit audit;
    private final Webhooks webhooks;

    JobAudit(Audit audit, Webhooks webhooks) {
        this.audit = audit;
        this.webhooks = webhooks;
    }

    /** A job was stored; each refused client is an entry as well. */
    void requested(JobRepository.NewJob job, JobState state, List<EvaluatedTarget> targets) {
        JobOrder order = job.order();
        UUID earlier = order.retryOf();
        long eligible = targets.stream().filter(EvaluatedTarget::isEligible).count();
        AuditValues facts = AuditValues.none()
                .with("action", order.queryAction())
                .with("state", state)
                .with("clients", targets.size())
                .with("reached", eligible)
                .with("impact", EvaluatedTarget.affected(targets).impact());
        List<AuditEvent> events = new ArrayList<>();
        events.add(AuditEvent
                .of(earlier == null ? AuditEventType.QUERY_ACTION_REQUESTED : AuditEventType.ACTION_REPEATED,
                        job.identity())
                .onBehalfOf(order.requestedBy())
                .in(order.workflow())
                .to(AuditTarget.Kind.JOB, job.id().toString())
                .with(Correlation.ofJob(job.id()))
                .changing(null, earlier == null ? facts : facts.with("retryOf", earlier)));
        for (EvaluatedTarget target : targets) {
            Problem refusal = target.refusal();
            if (refusal != null) {
                events.add(AuditEvent.of(AuditEventType.REFUSED, AuditEvent.SYSTEM)
                        .in(order.workflow())
                        .to(AuditTarget.Kind.CLIENT, target.clientId().toString())
                        .with(correlation(job.id(), target.clientId(), target.device(), null))
                        .because(refusal.detail()));
            }
        }
        if (state == JobState.FINISHED) {
            finished(order.workflow(), job.id(), order.queryAction(), targets.size(), targets.size() - (int) eligible);
        }
        audit.record(events);
    }

    /** A job finished. */
    void finished(String workflow, UUID job, QueryAction action, int targets, int refused) {
        webhooks.enqueue(new WebhookEvent.JobFinished(workflow, job, action.acmpName(), targets, refused));
    }

    /** An order was refused. */
    void refused(JobOrder order, String identity, Problem problem) {
        audit.record(AuditEvent.of(AuditEventType.REFUSED, identity)
                .onBehalfOf(order.requestedBy())
                .in(order.workflow())
                .to(AuditTarget.Kind.WORKFLOW, order.workflow())
                .changing(null, AuditValues.none().with("action", order.queryAction()))
                .because(problem.detail()));
    }

    /** A job ended early: it was cancelled, not approved, or stopped. */
    void ended(HeldJob job, JobState into, String actor, Problem reason) {
        audit.record(AuditEvent.of(AuditEventType.JOB_CANCELLED, actor)
                .in(job.workflow())
                .to(AuditTarget.Kind.JOB, job.id().toString())
                .with(Correlation.ofJob(job.id()))
                .changing(AuditValues.none().with("state", job.state()), AuditValues.none().with("state", into))
                .because(reason.detail()));
    }

    private static Correlation correlation(UUID job, UUID client, @Nullable String device, @Nullable UUID action) {
        return new Correlation(job, client, device == null ? null : new DeviceId(device), action, null);
    }
}
