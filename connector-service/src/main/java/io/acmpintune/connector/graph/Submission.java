package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** The result of submitting one action to Intune. */
public sealed interface Submission {

    /**
     * Intune accepted the action; the device has not executed it yet.
     *
     * @param at by Intune's clock, to the second, to distinguish later check-ins from earlier ones
     */
    record Accepted(Instant at, @Nullable String requestId) implements Submission {}

    /**
     * Intune requires a second administrator's approval and did nothing.
     *
     * @param code to be sent with the same request after the approval
     */
    record ApprovalRequired(String code, @Nullable String requestId) implements Submission {}

    record Refused(Problem problem, @Nullable String requestId) implements Submission {}

    /** It certainly did not reach Intune, or Intune deferred it; it may be sent again after the pause. */
    record NotSent(Duration pause, Problem problem) implements Submission {}

    /** Intune may have accepted it. */
    record Uncertain(Problem problem, @Nullable String requestId) implements Submission {}

    /** Replaces secrets in the problem's text. */
    default Submission redact(Collection<String> secrets) {
        return switch (this) {
            case Accepted _,ApprovalRequired _ -> this;
            case Refused(var problem, var id) -> new Refused(redact(secrets, problem), id);
            case NotSent(var pause, var problem) -> new NotSent(pause, redact(secrets, problem));
            case Uncertain(var problem, var id) -> new Uncertain(redact(secrets, problem), id);
        };
    }

    private static Problem redact(Collection<String> secrets, Problem problem) {
        String detail = problem.detail();
        for (String secret : secrets) {
            detail = detail.replace(secret, "…");
        }
        return problem.withDetail(detail);
    }
}
