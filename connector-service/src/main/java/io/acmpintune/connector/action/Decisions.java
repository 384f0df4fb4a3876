package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.DeviceLook;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.problem.Problem;

/** What an answer of Intune, or a look at a device, means for an action. Pure. */
final class Decisions {

    /** Intune's services do not share one clock to the second. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private Decisions() {}

    static Step afterSubmission(Submission submission, FollowUp followUp) {
        return switch (submission) {
            case Submission.Accepted(var at, var requestId) -> Step.to(ActionState.ACCEPTED)
                    .acceptedAt(at)
                    .after(followUp.first())
                    .noting(requestId == null ? null : "request id " + requestId);
            case Submission.Refused(var problem) -> Step.to(ActionState.REFUSED).because(problem);
            case Submission.NotSent(var wait, var problem) -> Step.to(ActionState.QUEUED).after(wait).because(problem);
            case Submission.Uncertain(var problem) ->
                Step.to(ActionState.UNCERTAIN).after(followUp.first()).because(problem);
        };
    }

    /** A lost answer: what is harmless twice is sent again, anything else waits for a person. */
    static Step afterUncertainty(ActionKind kind) {
        return switch (kind) {
            case SYNC_DEVICE -> Step.to(ActionState.QUEUED).noting("harmless to repeat");
        };
    }

    static Step afterLook(StoredAction stored, DeviceLook look, FollowUp followUp) {
        ActionState now = stored.action().state();
        Step later = Step.to(now).after(pause(stored.looks(), followUp));
        return switch (look) {
            case DeviceLook.Gone() -> Step.to(ActionState.FAILED)
                    .because(Problem.of("device-gone", "The device left Intune", 404,
                            "Intune no longer knows the device, so it cannot answer.",
                            "Nothing; the next full scan shows that it is gone."));
            case DeviceLook.Unknown(var problem) -> later.noting(problem.detail());
            case DeviceLook.Seen seen -> outcome(stored, seen)
                    .orElseGet(() -> Step.to(ActionState.PENDING).after(pause(stored.looks(), followUp)));
        };
    }

    private static Optional<Step> outcome(StoredAction stored, DeviceLook.Seen seen) {
        Instant accepted = stored.acceptedAt();
        if (accepted == null) {
            return Optional.empty();
        }
        // users report that a sync often has no entry among the results: the check-in itself is the proof
        if (stored.action().command().kind() == ActionKind.SYNC_DEVICE && seen.lastSync() != null
                && !seen.lastSync().isBefore(accepted)) {
            return Optional.of(Step.to(ActionState.DONE).noting("checked in at " + seen.lastSync()));
        }
        return seen.results()
                .stream()
                .filter(result -> stored.action().command().kind().graphName().equals(result.actionName()))
                .filter(result -> result.startDateTime() != null
                        && !result.startDateTime().isBefore(accepted.minus(SKEW)))
                .findFirst()
                .flatMap(Decisions::reported);
    }

    private static Optional<Step> reported(DeviceActionResult result) {
        @Nullable
        ActionResultState state = result.actionState();
        if (ActionResultState.FAILED.equals(state) || ActionResultState.CANCELED.equals(state)) {
            return Optional.of(Step.to(ActionState.FAILED)
                    .because(Problem.of("device-failed", "The device did not do it", 0,
                            "Intune reports the action as failed or cancelled.",
                            "Look at the device in Intune's admin center, then start the action again.")));
        }
        return ActionResultState.NOT_SUPPORTED.equals(state)
                ? Optional.of(Step.to(ActionState.NOT_SUPPORTED)
                        .because(Problem.of("device-cannot", "The device cannot do it", 0,
                                "Intune reports that the device does not support the action.", "Nothing.")))
                : Optional.empty();
    }

    private static Duration pause(int looks, FollowUp followUp) {
        Duration pause = followUp.first().multipliedBy(1L << Math.min(looks + 1, 20));
        return pause.compareTo(followUp.atMost()) < 0 ? pause : followUp.atMost();
    }
}
