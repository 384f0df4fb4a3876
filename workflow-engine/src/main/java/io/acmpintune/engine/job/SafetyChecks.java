package io.acmpintune.engine.job;

import java.util.UUID;

import io.acmpintune.engine.safety.Approval.Standing;
import io.acmpintune.engine.safety.SafetyGate;

/** The gate as the safety limits answer it. */
final class SafetyChecks implements DestructiveGate {

    private final SafetyGate safety;

    SafetyChecks(SafetyGate safety) {
        this.safety = safety;
    }

    @Override
    public Admission preview(Intent intent) {
        return admission(safety.preview(subject(intent)));
    }

    @Override
    public Admission admit(Intent intent) {
        return admission(safety.admit(subject(intent)));
    }

    @Override
    public HandOver handOver(UUID job, String workflow, QueryAction action, int wanted) {
        return switch (safety.handOver(job, workflow, action.kind(), wanted)) {
            case SafetyGate.HandOver.Go(var count) -> new HandOver.Go(count);
            case SafetyGate.HandOver.Wait(var reason) -> new HandOver.Wait(reason);
            case SafetyGate.HandOver.Stop(var reason) -> new HandOver.Stop(reason);
        };
    }

    @Override
    public void withdraw(UUID job, String by) {
        safety.withdraw(job, by);
    }

    @Override
    public Approval approval(UUID job) {
        return switch (safety.approval(job)) {
            case Standing.Pending() -> new Approval.Pending();
            case Standing.Granted() -> new Approval.Granted();
            case Standing.Denied(var reason) -> new Approval.Denied(reason);
            case Standing.Expired(var reason) -> new Approval.Expired(reason);
        };
    }

    private static SafetyGate.Intent subject(Intent intent) {
        return new SafetyGate.Intent(intent.job(), intent.workflow(), intent.action().kind(), intent.identity(),
                intent.onBehalfOf(), intent.devices());
    }

    private static Admission admission(SafetyGate.Admission answer) {
        return switch (answer) {
            case SafetyGate.Admission.Free() -> new Admission.Free();
            case SafetyGate.Admission.NeedsApproval(var reason) -> new Admission.NeedsApproval(reason);
            case SafetyGate.Admission.Refused(var problem) -> new Admission.Refused(problem);
        };
    }
}
