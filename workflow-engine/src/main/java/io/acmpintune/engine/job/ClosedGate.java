package io.acmpintune.engine.job;

import java.util.UUID;

import io.acmpintune.model.problem.Problem;

/** The gate of a service without safety limits: what does no harm passes, and nothing else does. */
final class ClosedGate implements DestructiveGate {

    private static final Problem NO_LIMITS = Problem.of("no-safety-limits", "No safety limits", 409,
            "This service has no safety limits for wipe and retire, so it takes neither.",
            "Use a version that has them.");

    @Override
    public Admission preview(Intent intent) {
        return admit(intent);
    }

    @Override
    public Admission admit(Intent intent) {
        return intent.action().isDestructive() ? new Admission.Refused(NO_LIMITS) : new Admission.Free();
    }

    @Override
    public HandOver handOver(UUID job, String workflow, QueryAction action, int wanted) {
        return action.isDestructive() ? new HandOver.Wait(NO_LIMITS) : new HandOver.Go(wanted);
    }

    @Override
    public Approval approval(UUID job) {
        return new Approval.Pending();
    }
}
