package io.acmpintune.engine.safety;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * The lock of a workflow that hands over harmless actions only since a cap was reached.
 *
 * @param lockedAt null = it is not locked
 * @param lockedBy the kind of action whose cap was reached last
 * @param releaseAskedBy the first of the two persons who release it; null = nobody
 * @param releasedBy who confirmed the last release
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowLock(String workflow, @Nullable Instant lockedAt, @Nullable ActionKind lockedBy,
        @Nullable String reason, @Nullable String releaseAskedBy, @Nullable Instant releaseAskedAt,
        @Nullable String releasedBy, @Nullable Instant releasedAt) {

    public boolean locked() {
        return lockedAt != null;
    }

    /** Returns the problem of whatever waits for the release. */
    Problem problem() {
        return Problem.of(ProblemKind.ACTIONS_LOCKED,
                "Disruptive and destructive actions of " + workflow + " are locked since " + lockedAt + ": " + reason,
                "Find out why so many were started; then have an administrator and a second person release them.");
    }
}
