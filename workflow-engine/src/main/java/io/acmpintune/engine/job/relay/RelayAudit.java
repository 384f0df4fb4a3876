package io.acmpintune.engine.job.relay;

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
import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.Job;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** Records what passes between jobs and the connector. Each method comes last in its transaction. */
@Component
class RelayAudit {

    private final Audit audit;

    RelayAudit(Audit audit) {
        this.audit = audit;
    }

    /** Targets were claimed: they may reach the connector from now on. */
    void sent(HeldJob job, List<HandOverRepository.Claim> claims) {
        audit.record(claims.stream()
                .map(claim -> about(AuditEventType.ACTION_SENT, job.workflow(), claim.key(), claim.device(), null)
                        .changing(null, AuditValues.none().with("action", job.action())))
                .toList());
    }

    /** The connector answered commands. */
    void answered(String workflow, List<Answer> answers) {
        audit.record(answers.stream().map(answer -> {
            AuditEvent event = about(AuditEventType.ACTION_ANSWERED, workflow, answer.target().key(),
                    answer.target().device().value(),
                    answer instanceof Answer.Accepted accepted ? accepted.action().id() : null);
            return switch (answer) {
                case Answer.Accepted(_, var action) -> event.changing(null, state(action.state()));
                case Answer.Refused(_, var reason) ->
                    event.changing(null, state(ActionState.REFUSED)).because(reason.detail());
                case Answer.Deferred(_, var reason, _) ->
                    event.changing(null, state(ActionState.QUEUED)).because(reason.detail());
                case Answer.Cancelled _ -> event.changing(null, state(ActionState.CANCELLED));
            };
        }).toList());
    }

    /** Targets changed; those that reached a final state are recorded. */
    void ended(String workflow, List<TargetChange> changes) {
        audit.record(changes.stream()
                .filter(change -> change.to().isFinal() && change.from() != change.to())
                .map(change -> about(AuditEventType.ACTION_ENDED, workflow, change.key(), change.device(),
                        change.action())
                        .changing(state(change.from()), state(change.to()))
                        .because(change.problem() == null ? null : change.problem().detail()))
                .toList());
    }

    private static AuditEvent about(AuditEventType event, String workflow, TargetKey target, String device,
            @Nullable UUID action) {
        return AuditEvent.of(event, AuditEvent.SYSTEM)
                .in(workflow)
                .to(AuditTarget.Kind.DEVICE, device)
                .with(correlation(target.job(), target.clientId(), device, action));
    }

    private static AuditValues state(ActionState state) {
        return AuditValues.none().with("state", state);
    }

    /** Somebody decided an uncertain action; the connector is informed next. */
    void decided(Job job, Job.Target target, ActionDecision.Verdict verdict, @Nullable String reason,
            String identity) {
        audit.record(AuditEvent.of(AuditEventType.UNCERTAIN_ACTION_DECIDED, identity)
                .in(job.workflow())
                .to(AuditTarget.Kind.CLIENT, target.clientId().toString())
                .with(correlation(job.id(), target.clientId(), target.device(), target.action()))
                .changing(state(target.state()),
                        AuditValues.none().with("verdict", verdict))
                .because(reason));
    }

    /** The connector rejected a decision, or its answer was lost. */
    void decisionFailed(Job job, Job.Target target, Problem problem) {
        audit.record(AuditEvent.of(AuditEventType.REFUSED, AuditEvent.SYSTEM)
                .in(job.workflow())
                .to(AuditTarget.Kind.CLIENT, target.clientId().toString())
                .with(correlation(job.id(), target.clientId(), target.device(), target.action()))
                .because(problem.detail()));
    }

    private static Correlation correlation(UUID job, UUID client, @Nullable String device, @Nullable UUID action) {
        return new Correlation(job, client, device == null ? null : new DeviceId(device), action, null);
    }
}
