package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.connector.graph.ApprovalLook;
import io.acmpintune.connector.graph.ApprovalSearch;
import io.acmpintune.connector.graph.AskedApproval;
import io.acmpintune.connector.graph.DeviceLook;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;

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

    static Step afterSubmission(ActionKind kind, Submission submission, FollowUp followUp, Instant now) {
        return switch (submission) {
            case Submission.Accepted(var at, var requestId) -> Step.to(ActionState.ACCEPTED)
                    .acceptedAt(at)
                    .after(kind.tellsOutcome() ? followUp.first() : NEVER)
                    .request(requestId);
            case Submission.ApprovalWanted(var code, var requestId) -> Step.to(ActionState.AWAITING_APPROVAL)
                    .awaiting(new Approval(code, now.plus(APPROVAL_LASTS)))
                    .after(followUp.first())
                    .noting("Intune wants a second administrator's approval, code " + code)
                    .request(requestId);
            case Submission.Refused(var problem, var requestId) ->
                Step.to(ActionState.REFUSED).because(problem).request(requestId);
            case Submission.NotSent(var wait, var problem) -> Step.to(ActionState.QUEUED).after(wait).because(problem);
            case Submission.Uncertain(var problem, var requestId) ->
                Step.to(ActionState.UNCERTAIN).after(followUp.first()).because(problem).request(requestId);
        };
    }

    /** What a look at the device means for an action that is accepted, pending or uncertain. */
    static Step afterLook(StoredAction stored, DeviceLook look, FollowUp followUp, Instant now) {
        boolean uncertain = stored.state() == ActionState.UNCERTAIN;
        return switch (look) {
            case DeviceLook.Gone() -> uncertain ? goneInDoubt(stored) : gone(stored.kind());
            case DeviceLook.Unknown(var why) -> unreadable(stored, why, followUp, now);
            case DeviceLook.Seen seen -> {
                Evidence evidence = Evidence.of(stored.kind(), seen, stored.began(), now);
                yield uncertain ? inDoubt(stored, evidence, followUp) : followed(stored, evidence, followUp, now);
            }
        };
    }

    private static Step unreadable(StoredAction stored, Problem why, FollowUp followUp, Instant now) {
        Instant began = stored.began().at();
        if (stored.state() == ActionState.UNCERTAIN && !isInDoubtStill(stored, now)) {
            return unseen(stored, "The device could not be read: " + why.detail(), followUp);
        }
        return stored.state() != ActionState.UNCERTAIN && began.plus(followUp.giveUpAfter()).isBefore(now)
                ? Step.to(ActionState.FAILED)
                        .because(Problem.of("device-unreadable", "The device could not be asked", why.status(),
                                "Intune took the action, and what became of it could not be read: " + why.detail(),
                                why.remedy() + " Look at the device in Intune's admin center."))
                : Step.to(stored.state()).after(pause(stored.looks(), followUp));
    }

    private static boolean isInDoubtStill(StoredAction stored, Instant now) {
        return now.isBefore(stored.began().at().plus(DOUBT_LASTS));
    }

    private static Step followed(StoredAction stored, Evidence evidence, FollowUp followUp, Instant now) {
        return switch (evidence) {
            case Evidence.Done(var note) -> Step.to(ActionState.DONE).noting(note);
            case Evidence.Failed(var problem) -> Step.to(ActionState.FAILED).because(problem);
            case Evidence.NotSupported(var problem) -> Step.to(ActionState.NOT_SUPPORTED).because(problem);
            case Evidence.None _,Evidence.Taken _ -> stored.began().at().plus(followUp.giveUpAfter()).isBefore(now)
                    ? Step.to(ActionState.FAILED).because(unanswered(followUp))
                    : Step.to(ActionState.PENDING)
                            .after(pause(stored.looks(), followUp))
                            .looking()
                            .noting(evidence instanceof Evidence.Taken(var note) ? note : null);
        };
    }

    private static Step gone(ActionKind kind) {
        return switch (kind) {
            case RETIRE, WIPE -> Step.to(ActionState.DONE).noting("the device has left Intune");
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> Step.to(ActionState.FAILED).because(left());
        };
    }

    /** A device that has left, after a retire or wipe of ours or somebody else's, needs no second one. */
    private static Step goneInDoubt(StoredAction stored) {
        return switch (stored.kind()) {
            case RETIRE, WIPE -> taken(stored, "the device has left Intune");
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> Step.to(ActionState.FAILED).because(left());
        };
    }

    private static Step inDoubt(StoredAction stored, Evidence evidence, FollowUp followUp) {
        return switch (evidence) {
            case Evidence.Taken(var note) -> taken(stored, note);
            case Evidence.Done(var note) -> taken(stored, note);
            case Evidence.Failed(var problem) -> taken(stored, problem.detail());
            case Evidence.NotSupported(var problem) -> taken(stored, problem.detail());
            case Evidence.None() -> stored.looks() + 1 < LOOKS_IN_DOUBT
                    ? Step.to(ActionState.UNCERTAIN).after(pause(stored.looks(), followUp)).looking()
                    : unseen(stored, "The device shows no sign of the action, which proves nothing.", followUp);
        };
    }

    private static Step taken(StoredAction stored, String note) {
        return Step.to(ActionState.ACCEPTED).acceptedAt(stored.began().at()).noting(note);
    }

    private static Step unseen(StoredAction stored, String why, FollowUp followUp) {
        return stored.kind().isRepeatable()
                ? Step.to(ActionState.QUEUED)
                        .after(pause(stored.sends(), followUp))
                        .noting(why + " It is harmless to repeat.")
                : needsDecision(why);
    }

    /** An action of a kind that leaves no trace on the device: nothing can be found out by looking. */
    static Step untraceable() {
        return needsDecision("Intune tells nothing of the outcome of this kind of action.");
    }

    private static Step needsDecision(String detail) {
        return Step.to(ActionState.NEEDS_DECISION)
                .because(Problem.of("outcome-unknown", "Nobody knows whether Intune took it", 0,
                        "Intune's answer was lost. " + detail,
                        "Look at the device in Intune's admin center, then decide: taken, send-again or give-up."));
    }

    /** What Intune's approval, or its absence, means for an action that waits for it. */
    static Step afterApprovalLook(StoredAction stored, ApprovalLook look, FollowUp followUp, Instant now) {
        return switch (look) {
            case ApprovalLook.Approved(var note) -> Step.to(ActionState.SENDING)
                    .noting("approved in Intune" + (note == null ? "" : ": " + note));
            case ApprovalLook.Completed() ->
                Step.to(ActionState.ACCEPTED)
                        .acceptedAt(stored.began().at())
                        .noting("Intune has done what was approved");
            case ApprovalLook.Rejected(var note) -> Step.to(ActionState.REFUSED)
                    .because(Problem.of("approval-rejected", "Rejected in Intune", 0,
                            "An administrator rejected the request in Intune" + (note == null ? "." : ": " + note),
                            "Nothing, or ask the administrator and order the action again."));
            case ApprovalLook.Cancelled() -> Step.to(ActionState.REFUSED)
                    .because(Problem.of("approval-cancelled", "Taken back in Intune", 0,
                            "The request for approval was cancelled in Intune.",
                            "Nothing, or order the action again."));
            case ApprovalLook.Expired() -> approvalExpired();
            case ApprovalLook.Waiting() -> overdue(stored, now) ? approvalExpired() : awaiting(stored, followUp);
            case ApprovalLook.Unknown(var why) -> overdue(stored, now)
                    ? Step.to(ActionState.EXPIRED).because(approvalUnread(why))
                    : awaiting(stored, followUp);
        };
    }

    /** @param otherwise what is to be done where Intune has no request for approval of the action */
    static Step afterApprovalSearch(StoredAction stored, Step otherwise, ApprovalSearch search, FollowUp followUp,
            Instant now) {
        return switch (search) {
            case ApprovalSearch.Found(var asked) -> afterApprovalFound(stored, asked, followUp, now);
            case ApprovalSearch.None() -> otherwise;
            case ApprovalSearch.Unread _ -> isInDoubtStill(stored, now)
                    ? Step.to(ActionState.UNCERTAIN).after(pause(stored.looks(), followUp))
                    : otherwise;
        };
    }

    /**
     * What it means that Intune has a request for approval of an action whose answer was lost: the answer was its code, or what
     * came of the code.
     */
    static Step afterApprovalFound(StoredAction stored, AskedApproval asked, FollowUp followUp, Instant now) {
        return asked.look() instanceof ApprovalLook.Completed
                ? afterApprovalLook(stored, asked.look(), followUp, now)
                : Step.to(ActionState.AWAITING_APPROVAL)
                        .awaiting(new Approval(asked.code(), stored.began().at().plus(APPROVAL_LASTS)))
                        .after(followUp.first())
                        .noting("Intune has a request for approval of it, code " + asked.code());
    }

    private static boolean overdue(StoredAction stored, Instant now) {
        Approval approval = stored.action().approval();
        return approval != null && !approval.expiresAt().isAfter(now);
    }

    private static Step approvalExpired() {
        return Step.to(ActionState.EXPIRED)
                .because(Problem.of("approval-expired", "Not approved in time", 0,
                        "Nobody approved the request in Intune within its three days.",
                        "Order the action again, and tell an administrator to approve it in Intune's admin center."));
    }

    private static Problem approvalUnread(Problem why) {
        return Problem.of("approval-unread", "Not known to be approved in time", why.status(),
                "How the request for approval stands in Intune could not be read until its three days were over: "
                        + why.detail(),
                why.remedy() + " Reading it takes DeviceManagementRBAC.Read.All; then order the action again.");
    }

    private static Step awaiting(StoredAction stored, FollowUp followUp) {
        return Step.to(ActionState.AWAITING_APPROVAL).after(approvalPause(stored, followUp)).looking();
    }

    private static Duration approvalPause(StoredAction stored, FollowUp followUp) {
        Duration pause = pause(stored.looks(), followUp);
        return pause.compareTo(APPROVAL_LOOKS_AT_MOST) < 0 ? pause : APPROVAL_LOOKS_AT_MOST;
    }

    private static Problem left() {
        return Problem.of("device-gone", "The device left Intune", 404,
                "Intune no longer knows the device, so it cannot answer.",
                "Nothing; the next full scan shows that it is gone.");
    }

    private static Problem unanswered(FollowUp followUp) {
        return Problem.of("device-silent", "The device did not answer", 0,
                "Intune took the action, and in " + followUp.giveUpAfter().toDays()
                        + " days the device has not answered.",
                "Intune may still hand it over when the device comes back; look at the device in its admin center.");
    }

    /** Twice as long each time. */
    static Duration pause(int before, FollowUp followUp) {
        Duration pause = followUp.first().multipliedBy(1L << Math.min(before + 1, 20));
        return pause.compareTo(followUp.atMost()) < 0 ? pause : followUp.atMost();
    }
}
