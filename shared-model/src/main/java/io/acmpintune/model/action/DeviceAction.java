package io.acmpintune.model.action;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * A device action as it stands.
 *
 * @param revision position in the connector's action feed
 * @param command as ordered, without its secrets
 * @param sentAt when the request left for Intune last; null = not yet
 * @param stateAt since when it has been in this state
 * @param approval what it waits for, or waited for, in Intune; null = Intune wanted no approval
 * @param problem why it was refused, failed or is uncertain; null = nothing to say
 */
public record DeviceAction(UUID id, long revision, ActionCommand command, ActionState state, Instant requestedAt,
        @Nullable Instant sentAt, Instant stateAt, @Nullable Approval approval, @Nullable Problem problem) {

    /** True when nothing more will be heard of it: it is at its end, or Intune took it and tells no outcome of its kind. */
    public boolean settled() {
        return state.isFinal() || (state == ActionState.ACCEPTED && !command.kind().tellsOutcome());
    }
}
