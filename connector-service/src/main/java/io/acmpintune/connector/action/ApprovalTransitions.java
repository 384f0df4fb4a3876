package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.ApprovalRequest;
import io.acmpintune.connector.graph.ApprovalSearch;
import io.acmpintune.connector.graph.ApprovalStatus;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Decides the next transition of an action from its approval request in Intune. Pure. */
final class ApprovalTransitions {

    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

    private ApprovalTransitions() {}

    /** For actions that await approval. */
    static Transition afterStatus(StoredAction stored, ApprovalStatus status, FollowUp followUp, Instant now) {
        return switch (status) {
            case ApprovalStatus.Approved(var note) -> Transition.to(ActionState.SENDING)
                    .withNote("approved in Intune" + (note == null ? "" : ": " + note));
            case ApprovalStatus.Completed() -> Transition.to(ActionState.ACCEPTED)
                    .acceptedAt(stored.start().at())
                    .withNote("Intune has executed the approved action");
            case ApprovalStatus.Rejected(var note) -> Transition.to(ActionState.REFUSED).because(rejected(note));
            case ApprovalStatus.Cancelled() -> Transition.to(ActionState.REFUSED)
                    .because(Problem.of(ProblemKind.APPROVAL_CANCELLED,
                            "The approval request was cancelled in Intune.",
                            "Order the action again if it is still wanted."));
            case ApprovalStatus.Expired() -> expired();
            case ApprovalStatus.Waiting() -> isOverdue(stored, now) ? expired() : awaiting(stored, followUp);
            case ApprovalStatus.Unreadable(var why) -> isOverdue(stored, now)
                    ? Transition.to(ActionState.EXPIRED).because(unreadable(why))
                    : awaiting(stored, followUp);
        };
    }

    /**
     * For an uncertain action: its lost answer may have been that Intune requires an approval.
     *
     * @param otherwise the transition if Intune has no approval request of the action
     */
    static Transition afterSearch(StoredAction stored, Transition otherwise, ApprovalSearch search, FollowUp followUp,
            Instant now) {
        return switch (search) {
            case ApprovalSearch.Found(var request) -> afterFound(stored, request, followUp, now);
            case ApprovalSearch.None() -> otherwise;
            case ApprovalSearch.Unreadable _ -> OutcomeTransitions.isDoubtRecent(stored, now)
                    ? Transition.to(ActionState.UNCERTAIN).after(Backoff.pause(stored.checks(), followUp))
                    : otherwise;
        };
    }

    static Transition afterFound(StoredAction stored, ApprovalRequest request, FollowUp followUp,
            Instant now) {
        return request.status() instanceof ApprovalStatus.Completed
                ? afterStatus(stored, request.status(), followUp, now)
                : Transition.to(ActionState.AWAITING_APPROVAL)
                        .awaiting(new Approval(request.code(),
                                stored.start().at().plus(OutcomeTransitions.APPROVAL_LIFETIME)))
                        .after(followUp.first())
                        .withNote("Intune has an approval request for it, code " + request.code());
    }

    private static boolean isOverdue(StoredAction stored, Instant now) {
        Approval approval = stored.action().approval();
        return approval != null && !approval.expiresAt().isAfter(now);
    }

    private static Transition awaiting(StoredAction stored, FollowUp followUp) {
        return Transition.to(ActionState.AWAITING_APPROVAL)
                .after(Backoff.pause(stored.checks(), followUp, MAX_PAUSE))
                .countingCheck();
    }

    private static Problem rejected(@Nullable String note) {
        return Problem.of(ProblemKind.APPROVAL_REJECTED,
                "An administrator rejected the request in Intune" + (note == null ? "." : ": " + note),
                "Ask the administrator, and order the action again if it is still wanted.");
    }

    private static Transition expired() {
        return Transition.to(ActionState.EXPIRED)
                .because(Problem.of(ProblemKind.APPROVAL_EXPIRED,
                        "The request was not approved in Intune within three days.",
                        "Order the action again, and ask an administrator to approve it in Intune's admin center."));
    }

    private static Problem unreadable(Problem why) {
        return Problem.of(ProblemKind.APPROVAL_UNREAD, why.status(),
                "The approval request in Intune could not be read before its three days were over: " + why.detail(),
                why.remedy() + " Grant DeviceManagementRBAC.Read.All to read it, then order the action again.");
    }
}
