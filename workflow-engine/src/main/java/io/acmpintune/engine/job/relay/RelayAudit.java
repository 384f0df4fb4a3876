package io.acmpintune.engine.job.relay;

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
    void sent(HeldJob job, Collection<HandOverRepository.Claimed> targets) {
        audit.record(targets.stream()
                .map(target -> AuditEvent.of(AuditedEvent.ACTION_SENT, AuditEvent.SYSTEM)
                        .in(job.workflow())
                        .to(Target.Kind.DEVICE, target.device())
                        .with(correlation(job.id(), target.clientId(), target.device(), null))
                        .changing(null, Facts.none().with("action", job.action())))
                .toList());
    }

    /** The connector answered commands. */
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

    /** Actions reached a final state; others are skipped. */
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

    /** Somebody decided an uncertain action; the connector is informed next. */
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

    /** The connector rejected a decision, or its answer was lost. */
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
