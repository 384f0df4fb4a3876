package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.audit.Facts;
import io.acmpintune.engine.audit.Target;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** Tells the audit, and other systems, what happens to jobs. Each method is the last thing that its transaction does. */
@Component
class JobNews {

    private final Audit audit;
    private final Webhooks webhooks;

    JobNews(Audit audit, Webhooks webhooks) {
        this.audit = audit;
        this.webhooks = webhooks;
    }

    /** A job was stored; each client that it does not reach is an entry as well. */
    void requested(JobRepository.NewJob job, JobState state, List<Judged> judged) {
        JobOrder order = job.order();
        UUID earlier = order.retryOf();
        long reached = judged.stream().filter(Judged::reached).count();
        Facts facts = Facts.none()
                .with("action", order.queryAction())
                .with("state", state)
                .with("clients", judged.size())
                .with("reached", reached);
        List<AuditEvent> events = new ArrayList<>();
        events.add(AuditEvent
                .of(earlier == null ? AuditedEvent.QUERY_ACTION_REQUESTED : AuditedEvent.ACTION_REPEATED,
                        job.identity())
                .onBehalfOf(order.requestedBy())
                .in(order.workflow())
                .to(Target.Kind.JOB, job.id().toString())
                .with(Correlation.ofJob(job.id()))
                .changing(null, earlier == null ? facts : facts.with("retryOf", earlier)));
        for (Judged target : judged) {
            Problem refusal = target.refusal();
            if (refusal != null) {
                events.add(AuditEvent.of(AuditedEvent.REFUSED, AuditEvent.SYSTEM)
                        .in(order.workflow())
                        .to(Target.Kind.CLIENT, target.clientId().toString())
                        .with(correlation(job.id(), target.clientId(), target.device(), null))
                        .because(refusal.detail()));
            }
        }
        if (state == JobState.FINISHED) {
            finished(order.workflow(), job.id(), order.queryAction(), judged.size(), judged.size() - (int) reached);
        }
        audit.record(events);
    }

    /** Every target of a job was handed to Intune or refused. */
    void finished(String workflow, UUID job, QueryAction action, int targets, int refused) {
        webhooks.enqueue(new WebhookEvent.JobFinished(workflow, job, action.acmpName(), targets, refused));
    }

    /** A job was not taken. */
    void refused(JobOrder order, String identity, Problem problem) {
        audit.record(AuditEvent.of(AuditedEvent.REFUSED, identity)
                .onBehalfOf(order.requestedBy())
                .in(order.workflow())
                .to(Target.Kind.WORKFLOW, order.workflow())
                .changing(null, Facts.none().with("action", order.queryAction()))
                .because(problem.detail()));
    }

    /** Targets are being given to the connector from now on. */
    void sent(JobRepository.Held job, Collection<HandOverRepository.Claimed> targets) {
        audit.record(targets.stream()
                .map(target -> AuditEvent.of(AuditedEvent.ACTION_SENT, AuditEvent.SYSTEM)
                        .in(job.workflow())
                        .to(Target.Kind.DEVICE, target.device())
                        .with(correlation(job.id(), target.clientId(), target.device(), null))
                        .changing(null, Facts.none().with("action", job.action())))
                .toList());
    }

    /** The connector answered orders. */
    void answered(String workflow, List<HandOverRepository.Answer> answers) {
        audit.record(answers.stream().map(answer -> {
            HandOverRepository.InHand target = answer.target();
            Problem refusal = answer.refusal();
            ActionState state = answer.action() == null
                    ? answer.until() != null
                            ? ActionState.QUEUED
                            : refusal == null ? ActionState.CANCELLED : ActionState.REFUSED
                    : answer.action().state();
            return AuditEvent.of(AuditedEvent.ACTION_ANSWERED, AuditEvent.SYSTEM)
                    .in(workflow)
                    .to(Target.Kind.DEVICE, target.device().value())
                    .with(correlation(target.job(), target.clientId(), target.device().value(),
                            answer.action() == null ? null : answer.action().id()))
                    .changing(null, Facts.none().with("state", state))
                    .because(refusal == null ? null : refusal.detail());
        }).toList());
    }

    /** Actions came to their ends. */
    void ended(String workflow, List<HandOverRepository.Moved> moved) {
        audit.record(moved.stream()
                .filter(target -> target.to().isFinal() && target.from() != target.to())
                .map(target -> AuditEvent.of(AuditedEvent.ACTION_ENDED, AuditEvent.SYSTEM)
                        .in(workflow)
                        .to(Target.Kind.DEVICE, target.device())
                        .with(correlation(target.job(), target.clientId(), target.device(), target.action()))
                        .changing(Facts.none().with("state", target.from()), Facts.none().with("state", target.to()))
                        .because(target.problem() == null ? null : target.problem().detail()))
                .toList());
    }

    /** A job ended before all of its targets were handed over: it was taken back, not approved or stopped. */
    void ended(JobRepository.Held job, JobState into, String actor, Problem reason) {
        audit.record(AuditEvent.of(AuditedEvent.JOB_CANCELLED, actor)
                .in(job.workflow())
                .to(Target.Kind.JOB, job.id().toString())
                .with(Correlation.ofJob(job.id()))
                .changing(Facts.none().with("state", job.state()), Facts.none().with("state", into))
                .because(reason.detail()));
    }

    /** Somebody has decided an uncertain action; the connector is told next. */
    void decided(Job job, Job.Target target, ActionDecision.Verdict verdict, @Nullable String reason,
            String identity) {
        audit.record(AuditEvent.of(AuditedEvent.UNCERTAIN_ACTION_DECIDED, identity)
                .in(job.workflow())
                .to(Target.Kind.CLIENT, target.clientId().toString())
                .with(correlation(job.id(), target.clientId(), target.device(), target.action()))
                .changing(Facts.none().with("state", target.state()),
                        Facts.none().with("verdict", verdict))
                .because(reason));
    }

    /** The connector did not take a decision, or it is not known whether it did. */
    void decisionFailed(Job job, Job.Target target, Problem problem) {
        audit.record(AuditEvent.of(AuditedEvent.REFUSED, AuditEvent.SYSTEM)
                .in(job.workflow())
                .to(Target.Kind.CLIENT, target.clientId().toString())
                .with(correlation(job.id(), target.clientId(), target.device(), target.action()))
                .because(problem.detail()));
    }

    private static Correlation correlation(UUID job, UUID client, @Nullable String device, @Nullable UUID action) {
        return new Correlation(job, client, device == null ? null : new DeviceId(device), action, null);
    }
}
