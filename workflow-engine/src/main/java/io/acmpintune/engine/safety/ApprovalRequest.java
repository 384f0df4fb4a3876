package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * A request for a second person's approval.
 *
 * @param id the job's
 * @param devices how many it reaches
 * @param askedBy who was authenticated as the one who ordered it
 * @param onBehalfOf whom the order named
 * @param reason why it needs an approval
 * @param expiresAt nobody can approve it from then on
 * @param decidedBy null = nobody decided it
 * @param decisionReason as whoever decided wrote it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalRequest(UUID id, String workflow, ActionKind kind, int devices, String askedBy, String onBehalfOf,
        Instant askedAt, String reason, Instant expiresAt, State state, @Nullable Instant decidedAt,
        @Nullable String decidedBy, @Nullable String decisionReason) {

    /** Where a request for approval stands. */
    public enum State {
        PENDING,
        APPROVED,
        DENIED,
        EXPIRED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What its standing means for what waits for it. */
    public sealed interface Outcome {
        record Pending() implements Outcome {}

        record Granted() implements Outcome {}

        record Denied(Problem reason) implements Outcome {}

        record Expired(Problem reason) implements Outcome {}
    }

    /** It is over from its last moment on, whether or not somebody has noted that. */
    State stateAt(Instant now) {
        return state == State.PENDING && !now.isBefore(expiresAt) ? State.EXPIRED : state;
    }

    /** As it is at a moment. */
    ApprovalRequest at(Instant now) {
        return new ApprovalRequest(id, workflow, kind, devices, askedBy, onBehalfOf, askedAt, reason, expiresAt,
                stateAt(now),
                decidedAt, decidedBy, decisionReason);
    }

    Outcome standing(Instant now) {
        return switch (stateAt(now)) {
            case PENDING -> new Outcome.Pending();
            case APPROVED -> new Outcome.Granted();
            case DENIED -> new Outcome.Denied(Problem.of(ProblemKind.APPROVAL_DENIED,
                    decidedBy + " did not approve it" + (decisionReason == null ? "." : ": " + decisionReason),
                    "Ask whoever decided; then start the action again, if it is wanted after all."));
            case EXPIRED -> new Outcome.Expired(
                    Problem.of(ProblemKind.APPROVAL_EXPIRED, "Nobody approved it until " + expiresAt + ".",
                            "Start the action again, and tell somebody who has the role approver."));
        };
    }
}
