package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * A request for a second person's approval.
 *
 * @param id the id of the job
 * @param impact the greatest impact on any of its devices
 * @param devices the number of devices it affects
 * @param askedBy the authenticated identity that started it
 * @param onBehalfOf the operator named in the order, unchecked
 * @param reason why it needs an approval
 * @param expiresAt when it expires, exclusive
 * @param decidedBy null = not decided
 * @param decisionReason as the approver wrote it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalRequest(UUID id, String workflow, ActionKind kind, Impact impact, int devices,
        String askedBy, String onBehalfOf, Instant askedAt, String reason, Instant expiresAt, State state,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy, @Nullable String decisionReason) {

    /** The state of a request. */
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

    /** What the state means for the job that waits for it. */
    public sealed interface Outcome {
        record Pending() implements Outcome {}

        /** It was approved at that time. */
        record Granted(Instant at) implements Outcome {}

        record Denied(Problem reason) implements Outcome {}

        record Expired(Problem reason) implements Outcome {}
    }

    /** Returns the state at a moment: a pending request expires whether or not the lane has noted it. */
    State stateAt(Instant now) {
        return state == State.PENDING && !now.isBefore(expiresAt) ? State.EXPIRED : state;
    }

    /** Returns the request with its state at a moment. */
    ApprovalRequest at(Instant now) {
        return new ApprovalRequest(id, workflow, kind, impact, devices, askedBy, onBehalfOf, askedAt, reason, expiresAt,
                stateAt(now),
                decidedAt, decidedBy, decisionReason);
    }

    Outcome outcome(Instant now) {
        return switch (stateAt(now)) {
            case PENDING -> new Outcome.Pending();
            case APPROVED -> new Outcome.Granted(Objects.requireNonNull(decidedAt, "an approval has a time"));
            case DENIED -> new Outcome.Denied(Problem.of(ProblemKind.APPROVAL_DENIED,
                    decidedBy + " denied the request" + (decisionReason == null ? "." : ": " + decisionReason),
                    "Ask the approver; then start the action again if it is still needed."));
            case EXPIRED -> new Outcome.Expired(
                    Problem.of(ProblemKind.APPROVAL_EXPIRED, "Nobody approved it until " + expiresAt + ".",
                            "Start the action again, and inform somebody with the role approver."));
        };
    }
}
