package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.connector.graph.DeviceStatus;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.continuity.Continuity;

/** Decides the next transition of an action from Intune's answer or the state of its device. Pure. */
final class OutcomeTransitions {

    /** Intune drops an approval request after three days. */
    static final Duration APPROVAL_LIFETIME = Duration.ofDays(3);
    /** For kinds whose outcome Intune never reports. */
    private static final Duration NEVER = Duration.ofDays(36_500);
    /** Checks of a device without any trace of the action before a person has to decide. */
    private static final int CHECKS_IN_DOUBT = 2;
    /** After this time without a readable device, a person has to decide. */
    private static final Duration MAX_DOUBT = Duration.ofDays(1);

    private OutcomeTransitions() {}

    static Transition afterSubmission(ActionKind kind, Submission submission, FollowUp followUp, Instant now) {
        return switch (submission) {
            case Submission.Accepted(var at, var requestId) -> Transition.to(ActionState.ACCEPTED)
                    .acceptedAt(at)
                    .after(kind.reportsOutcome() ? followUp.first() : NEVER)
                    .request(requestId);
            case Submission.ApprovalRequired(var code, var requestId) -> Transition.to(ActionState.AWAITING_APPROVAL)
                    .awaiting(new Approval(code, now.plus(APPROVAL_LIFETIME)))
                    .after(followUp.first())
                    .withNote("Intune requires a second administrator's approval, code " + code)
                    .request(requestId);
            case Submission.Refused(var problem, var requestId) ->
                Transition.to(ActionState.REFUSED).because(problem).request(requestId);
            case Submission.NotSent(var pause, var problem) ->
                Transition.to(ActionState.QUEUED).after(pause).because(problem);
            case Submission.Uncertain(var problem, var requestId) ->
                Transition.to(ActionState.UNCERTAIN).after(followUp.first()).because(problem).request(requestId);
        };
    }

    /** For actions that are queued or await approval when they expire. */
    static Transition late(Instant expiredAt) {
        return expired("The action was not sent before it expired at " + expiredAt + ".");
    }

    /** For destructive actions that were queued or awaited approval before a gap. */
    static Transition afterGap(Continuity.Gap gap) {
        return expired("The action waited while the service was away. " + gap.evidence());
    }

    private static Transition expired(String detail) {
        return Transition.to(ActionState.EXPIRED)
                .because(Problem.of(ProblemKind.ACTION_EXPIRED, detail, "Order it again if it is still wanted."));
    }

    /** For actions that are accepted, pending or uncertain. */
    static Transition afterDeviceCheck(StoredAction stored, DeviceStatus status, FollowUp followUp, Instant now) {
        boolean uncertain = stored.state() == ActionState.UNCERTAIN;
        return switch (status) {
            case DeviceStatus.Gone() -> gone(stored, uncertain);
            case DeviceStatus.Unreadable(var why) ->
                uncertain ? unreadableInDoubt(stored, why, followUp, now) : unreadable(stored, why, followUp, now);
            case DeviceStatus.Present present -> {
                ObservedOutcome outcome = ObservedOutcome.of(stored.kind(), present, stored.start(), now);
                yield uncertain ? inDoubt(stored, outcome, followUp) : followed(stored, outcome, followUp, now);
            }
        };
    }

    /** For uncertain actions of a kind that leaves no trace on the device. */
    static Transition untraceable() {
        return needsDecision("Intune does not report the outcome of this kind of action.");
    }

    /** Returns whether an uncertain action is recent enough to keep checking without a person. */
    static boolean isDoubtRecent(StoredAction stored, Instant now) {
        return now.isBefore(stored.start().at().plus(MAX_DOUBT));
    }

    private static Transition unreadable(StoredAction stored, Problem why, FollowUp followUp, Instant now) {
        return stored.start().at().plus(followUp.giveUpAfter()).isBefore(now)
                ? Transition.to(ActionState.FAILED)
                        .because(Problem.of(ProblemKind.DEVICE_UNREADABLE, why.status(),
                                "Intune accepted the action, but its outcome could not be read: " + why.detail(),
                                why.remedy() + " Check the device in Intune's admin center."))
                : Transition.to(stored.state()).after(Backoff.pause(stored.checks(), followUp));
    }

    private static Transition unreadableInDoubt(StoredAction stored, Problem why, FollowUp followUp, Instant now) {
        return isDoubtRecent(stored, now)
                ? Transition.to(stored.state()).after(Backoff.pause(stored.checks(), followUp))
                : unresolved(stored, "The device could not be read: " + why.detail(), followUp);
    }

    private static Transition followed(StoredAction stored, ObservedOutcome outcome, FollowUp followUp, Instant now) {
        return switch (outcome) {
            case ObservedOutcome.Done(var note) -> Transition.to(ActionState.DONE).withNote(note);
            case ObservedOutcome.Failed(var problem) -> Transition.to(ActionState.FAILED).because(problem);
            case ObservedOutcome.NotSupported(var problem) ->
                Transition.to(ActionState.NOT_SUPPORTED).because(problem);
            case ObservedOutcome.NotVisible _,ObservedOutcome.Accepted _ ->
                stored.start().at().plus(followUp.giveUpAfter()).isBefore(now)
                        ? Transition.to(ActionState.FAILED).because(unanswered(followUp))
                        : Transition.to(ActionState.PENDING)
                                .after(Backoff.pause(stored.checks(), followUp))
                                .countingCheck()
                                .withNote(outcome instanceof ObservedOutcome.Accepted(var note) ? note : null);
        };
    }

    /** A device that left because of any retire or wipe needs no second one, even if ours may not have been accepted. */
    private static Transition gone(StoredAction stored, boolean uncertain) {
        String note = "the device has left Intune";
        return switch (stored.kind()) {
            case RETIRE, WIPE -> uncertain ? accepted(stored, note) : Transition.to(ActionState.DONE).withNote(note);
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> Transition.to(ActionState.FAILED)
                    .because(DeviceIdentity.gone());
        };
    }

    private static Transition inDoubt(StoredAction stored, ObservedOutcome outcome, FollowUp followUp) {
        return switch (outcome) {
            case ObservedOutcome.Accepted(var note) -> accepted(stored, note);
            case ObservedOutcome.Done(var note) -> accepted(stored, note);
            case ObservedOutcome.Failed(var problem) -> accepted(stored, problem.detail());
            case ObservedOutcome.NotSupported(var problem) -> accepted(stored, problem.detail());
            case ObservedOutcome.NotVisible() -> stored.checks() + 1 < CHECKS_IN_DOUBT
                    ? Transition.to(ActionState.UNCERTAIN)
                            .after(Backoff.pause(stored.checks(), followUp))
                            .countingCheck()
                    : unresolved(stored, "The device shows no trace of the action, which proves nothing.", followUp);
        };
    }

    private static Transition accepted(StoredAction stored, String note) {
        return Transition.to(ActionState.ACCEPTED).acceptedAt(stored.start().at()).withNote(note);
    }

    private static Transition unresolved(StoredAction stored, String reason, FollowUp followUp) {
        return stored.kind().isRepeatable()
                ? Transition.to(ActionState.QUEUED)
                        .after(Backoff.pause(stored.sends(), followUp))
                        .withNote(reason + " Repeating it is harmless.")
                : needsDecision(reason);
    }

    private static Transition needsDecision(String detail) {
        return Transition.to(ActionState.NEEDS_DECISION)
                .because(Problem.of(ProblemKind.OUTCOME_UNKNOWN, "Intune's answer was lost. " + detail,
                        "Check the device in Intune's admin center, then decide: taken, send-again or give-up."));
    }

    private static Problem unanswered(FollowUp followUp) {
        return Problem.of(ProblemKind.DEVICE_SILENT,
                "Intune accepted the action, but the device has not responded within "
                        + followUp.giveUpAfter().toDays() + " days.",
                "Check the device in Intune's admin center; Intune may still deliver the action when the device is back.");
    }
}
