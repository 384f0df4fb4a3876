package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.connector.graph.ApprovalRequest;
import io.acmpintune.connector.graph.ApprovalSearch;
import io.acmpintune.connector.graph.ApprovalStatus;
import io.acmpintune.connector.graph.DeviceStatus;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** What an answer of Intune, or a look at a device, means for an action. Pure. */
final class Decisions {

    /** Intune forgets a request for approval after three days. */
    private static final Duration APPROVAL_LASTS = Duration.ofDays(3);
    private static final Duration APPROVAL_LOOKS_AT_MOST = Duration.ofMinutes(5);
    /** Of what is not told any more. */
    private static final Duration NEVER = Duration.ofDays(36_500);
    /** Looks at a device that shows nothing before a person is asked. */
    private static final int LOOKS_IN_DOUBT = 2;
    /** A doubt that cannot be looked into for so long is one for a person. */
    private static final Duration DOUBT_LASTS = Duration.ofDays(1);

    private Decisions() {}

    static Transition afterSubmission(ActionKind kind, Submission submission, FollowUp followUp, Instant now) {
        return switch (submission) {
            case Submission.Accepted(var at, var requestId) -> Transition.to(ActionState.ACCEPTED)
                    .acceptedAt(at)
                    .after(kind.tellsOutcome() ? followUp.first() : NEVER)
                    .request(requestId);
            case Submission.ApprovalRequired(var code, var requestId) -> Transition.to(ActionState.AWAITING_APPROVAL)
                    .awaiting(new Approval(code, now.plus(APPROVAL_LASTS)))
                    .after(followUp.first())
                    .noting("Intune wants a second administrator's approval, code " + code)
                    .request(requestId);
            case Submission.Refused(var problem, var requestId) ->
                Transition.to(ActionState.REFUSED).because(problem).request(requestId);
            case Submission.NotSent(var wait, var problem) ->
                Transition.to(ActionState.QUEUED).after(wait).because(problem);
            case Submission.Uncertain(var problem, var requestId) ->
                Transition.to(ActionState.UNCERTAIN).after(followUp.first()).because(problem).request(requestId);
        };
    }

    /** What a look at the device means for an action that is accepted, pending or uncertain. */
    static Transition afterLook(StoredAction stored, DeviceStatus look, FollowUp followUp, Instant now) {
        boolean uncertain = stored.state() == ActionState.UNCERTAIN;
        return switch (look) {
            case DeviceStatus.Gone() -> uncertain ? goneInDoubt(stored) : gone(stored.kind());
            case DeviceStatus.Unreadable(var why) -> unreadable(stored, why, followUp, now);
            case DeviceStatus.Present seen -> {
                ObservedOutcome evidence = ObservedOutcome.of(stored.kind(), seen, stored.began(), now);
                yield uncertain ? inDoubt(stored, evidence, followUp) : followed(stored, evidence, followUp, now);
            }
        };
    }

    private static Transition unreadable(StoredAction stored, Problem why, FollowUp followUp, Instant now) {
        Instant began = stored.began().at();
        if (stored.state() == ActionState.UNCERTAIN && !isInDoubtStill(stored, now)) {
            return unseen(stored, "The device could not be read: " + why.detail(), followUp);
        }
        return stored.state() != ActionState.UNCERTAIN && began.plus(followUp.giveUpAfter()).isBefore(now)
                ? Transition.to(ActionState.FAILED)
                        .because(Problem.of(ProblemKind.DEVICE_UNREADABLE, why.status(),
                                "Intune took the action, and what became of it could not be read: " + why.detail(),
                                why.remedy() + " Look at the device in Intune's admin center."))
                : Transition.to(stored.state()).after(pause(stored.looks(), followUp));
    }

    private static boolean isInDoubtStill(StoredAction stored, Instant now) {
        return now.isBefore(stored.began().at().plus(DOUBT_LASTS));
    }

    private static Transition followed(StoredAction stored, ObservedOutcome evidence, FollowUp followUp, Instant now) {
        return switch (evidence) {
            case ObservedOutcome.Done(var note) -> Transition.to(ActionState.DONE).noting(note);
            case ObservedOutcome.Failed(var problem) -> Transition.to(ActionState.FAILED).because(problem);
            case ObservedOutcome.NotSupported(var problem) -> Transition.to(ActionState.NOT_SUPPORTED).because(problem);
            case ObservedOutcome.NotVisible _,ObservedOutcome.Accepted _ ->
                stored.began().at().plus(followUp.giveUpAfter()).isBefore(now)
                        ? Transition.to(ActionState.FAILED).because(unanswered(followUp))
                        : Transition.to(ActionState.PENDING)
                                .after(pause(stored.looks(), followUp))
                                .looking()
                                .noting(evidence instanceof ObservedOutcome.Accepted(var note) ? note : null);
        };
    }

    private static Transition gone(ActionKind kind) {
        return switch (kind) {
            case RETIRE, WIPE -> Transition.to(ActionState.DONE).noting("the device has left Intune");
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION ->
                Transition.to(ActionState.FAILED).because(DeviceIdentity.gone());
        };
    }

    /** A device that has left, after a retire or wipe of ours or somebody else's, needs no second one. */
    private static Transition goneInDoubt(StoredAction stored) {
        return switch (stored.kind()) {
            case RETIRE, WIPE -> taken(stored, "the device has left Intune");
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION ->
                Transition.to(ActionState.FAILED).because(DeviceIdentity.gone());
        };
    }

    private static Transition inDoubt(StoredAction stored, ObservedOutcome evidence, FollowUp followUp) {
        return switch (evidence) {
            case ObservedOutcome.Accepted(var note) -> taken(stored, note);
            case ObservedOutcome.Done(var note) -> taken(stored, note);
            case ObservedOutcome.Failed(var problem) -> taken(stored, problem.detail());
            case ObservedOutcome.NotSupported(var problem) -> taken(stored, problem.detail());
            case ObservedOutcome.NotVisible() -> stored.looks() + 1 < LOOKS_IN_DOUBT
                    ? Transition.to(ActionState.UNCERTAIN).after(pause(stored.looks(), followUp)).looking()
                    : unseen(stored, "The device shows no sign of the action, which proves nothing.", followUp);
        };
    }

    private static Transition taken(StoredAction stored, String note) {
        return Transition.to(ActionState.ACCEPTED).acceptedAt(stored.began().at()).noting(note);
    }

    private static Transition unseen(StoredAction stored, String why, FollowUp followUp) {
        return stored.kind().isRepeatable()
                ? Transition.to(ActionState.QUEUED)
                        .after(pause(stored.sends(), followUp))
                        .noting(why + " It is harmless to repeat.")
                : needsDecision(why);
    }

    /** An action of a kind that leaves no trace on the device: nothing can be found out by looking. */
    static Transition untraceable() {
        return needsDecision("Intune tells nothing of the outcome of this kind of action.");
    }

    private static Transition needsDecision(String detail) {
        return Transition.to(ActionState.NEEDS_DECISION)
                .because(Problem.of(ProblemKind.OUTCOME_UNKNOWN, "Intune's answer was lost. " + detail,
                        "Look at the device in Intune's admin center, then decide: taken, send-again or give-up."));
    }

    /** What Intune's approval, or its absence, means for an action that waits for it. */
    static Transition afterApprovalLook(StoredAction stored, ApprovalStatus look, FollowUp followUp, Instant now) {
        return switch (look) {
            case ApprovalStatus.Approved(var note) -> Transition.to(ActionState.SENDING)
                    .noting("approved in Intune" + (note == null ? "" : ": " + note));
            case ApprovalStatus.Completed() ->
                Transition.to(ActionState.ACCEPTED)
                        .acceptedAt(stored.began().at())
                        .noting("Intune has done what was approved");
            case ApprovalStatus.Rejected(var note) -> Transition.to(ActionState.REFUSED)
                    .because(Problem.of(ProblemKind.APPROVAL_REJECTED,
                            "An administrator rejected the request in Intune" + (note == null ? "." : ": " + note),
                            "Nothing, or ask the administrator and order the action again."));
            case ApprovalStatus.Cancelled() -> Transition.to(ActionState.REFUSED)
                    .because(Problem.of(ProblemKind.APPROVAL_CANCELLED,
                            "The request for approval was cancelled in Intune.",
                            "Nothing, or order the action again."));
            case ApprovalStatus.Expired() -> approvalExpired();
            case ApprovalStatus.Waiting() -> overdue(stored, now) ? approvalExpired() : awaiting(stored, followUp);
            case ApprovalStatus.Unreadable(var why) -> overdue(stored, now)
                    ? Transition.to(ActionState.EXPIRED).because(approvalUnread(why))
                    : awaiting(stored, followUp);
        };
    }

    /** @param otherwise what is to be done where Intune has no request for approval of the action */
    static Transition afterApprovalSearch(StoredAction stored, Transition otherwise, ApprovalSearch search,
            FollowUp followUp,
            Instant now) {
        return switch (search) {
            case ApprovalSearch.Found(var asked) -> afterApprovalFound(stored, asked, followUp, now);
            case ApprovalSearch.None() -> otherwise;
            case ApprovalSearch.Unreadable _ -> isInDoubtStill(stored, now)
                    ? Transition.to(ActionState.UNCERTAIN).after(pause(stored.looks(), followUp))
                    : otherwise;
        };
    }

    /**
     * What it means that Intune has a request for approval of an action whose answer was lost: the answer was its code, or what
     * came of the code.
     */
    static Transition afterApprovalFound(StoredAction stored, ApprovalRequest asked, FollowUp followUp, Instant now) {
        return asked.status() instanceof ApprovalStatus.Completed
                ? afterApprovalLook(stored, asked.status(), followUp, now)
                : Transition.to(ActionState.AWAITING_APPROVAL)
                        .awaiting(new Approval(asked.code(), stored.began().at().plus(APPROVAL_LASTS)))
                        .after(followUp.first())
                        .noting("Intune has a request for approval of it, code " + asked.code());
    }

    private static boolean overdue(StoredAction stored, Instant now) {
        Approval approval = stored.action().approval();
        return approval != null && !approval.expiresAt().isAfter(now);
    }

    private static Transition approvalExpired() {
        return Transition.to(ActionState.EXPIRED)
                .because(Problem.of(ProblemKind.APPROVAL_EXPIRED,
                        "Nobody approved the request in Intune within its three days.",
                        "Order the action again, and tell an administrator to approve it in Intune's admin center."));
    }

    private static Problem approvalUnread(Problem why) {
        return Problem.of(ProblemKind.APPROVAL_UNREAD, why.status(),
                "How the request for approval stands in Intune could not be read until its three days were over: "
                        + why.detail(),
                why.remedy() + " Reading it takes DeviceManagementRBAC.Read.All; then order the action again.");
    }

    private static Transition awaiting(StoredAction stored, FollowUp followUp) {
        return Transition.to(ActionState.AWAITING_APPROVAL).after(approvalPause(stored, followUp)).looking();
    }

    private static Duration approvalPause(StoredAction stored, FollowUp followUp) {
        Duration pause = pause(stored.looks(), followUp);
        return pause.compareTo(APPROVAL_LOOKS_AT_MOST) < 0 ? pause : APPROVAL_LOOKS_AT_MOST;
    }

    private static Problem unanswered(FollowUp followUp) {
        return Problem.of(ProblemKind.DEVICE_SILENT, "Intune took the action, and in " + followUp.giveUpAfter().toDays()
                + " days the device has not answered.",
                "Intune may still hand it over when the device comes back; look at the device in its admin center.");
    }

    /** Twice as long each time. */
    static Duration pause(int before, FollowUp followUp) {
        Duration pause = followUp.first().multipliedBy(1L << Math.min(before + 1, 20));
        return pause.compareTo(followUp.longest()) < 0 ? pause : followUp.longest();
    }
}
