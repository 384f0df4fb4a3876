package io.acmpintune.model.action;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * A device action and its current state.
 *
 * @param revision position in the connector's action feed
 * @param command as requested, without its secrets
 * @param sentAt when it was last sent to Intune; null = not yet
 * @param stateAt since when it has been in this state
 * @param approval Intune's request for approval; null = Intune required none
 * @param problem why it was refused, failed or is uncertain; null = none
 */
public record DeviceAction(UUID id, long revision, ActionCommand command, ActionState state, Instant requestedAt,
        @Nullable Instant sentAt, Instant stateAt, @Nullable Approval approval, @Nullable Problem problem) {

    /**
     * Returns whether no further change will follow: it is final, or Intune accepted it and reports no outcome of its
     * kind.
     */
    public boolean settled() {
        return state.isFinal() || (state == ActionState.ACCEPTED && !command.kind().reportsOutcome());
    }
}
