package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** What became of handing one action to Intune. */
public sealed interface Submission {

    /**
     * Intune took it; nothing is done yet.
     *
     * @param at by Intune's clock, to the second, so that a check-in after it can be told from one before
     */
    record Accepted(Instant at, @Nullable String requestId) implements Submission {}

    /**
     * Intune wants it approved by a second administrator, and did nothing.
     *
     * @param code to be sent along with the same request once it is approved
     */
    record ApprovalRequired(String code, @Nullable String requestId) implements Submission {}

    record Refused(Problem problem, @Nullable String requestId) implements Submission {}

    /** It certainly did not reach Intune, or Intune put it off: it can be sent again after the pause. */
    record NotSent(Duration pause, Problem problem) implements Submission {}

    /** It may or may not have been taken. */
    record Uncertain(Problem problem, @Nullable String requestId) implements Submission {}

    /** The same, and its words show none of the secrets. */
    default Submission without(Collection<String> secrets) {
        return switch (this) {
            case Accepted _,ApprovalRequired _ -> this;
            case Refused(var problem, var id) -> new Refused(without(secrets, problem), id);
            case NotSent(var pause, var problem) -> new NotSent(pause, without(secrets, problem));
            case Uncertain(var problem, var id) -> new Uncertain(without(secrets, problem), id);
        };
    }

    private static Problem without(Collection<String> secrets, Problem problem) {
        String detail = problem.detail();
        for (String secret : secrets) {
            detail = detail.replace(secret, "…");
        }
        return problem.withDetail(detail);
    }
}
