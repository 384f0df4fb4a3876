package io.acmpintune.connector.action;

import java.util.Set;

import io.acmpintune.model.action.ActionState;

import static io.acmpintune.model.action.ActionState.ACCEPTED;
import static io.acmpintune.model.action.ActionState.AWAITING_APPROVAL;
import static io.acmpintune.model.action.ActionState.CANCELLED;
import static io.acmpintune.model.action.ActionState.DONE;
import static io.acmpintune.model.action.ActionState.EXPIRED;
import static io.acmpintune.model.action.ActionState.FAILED;
import static io.acmpintune.model.action.ActionState.NEEDS_DECISION;
import static io.acmpintune.model.action.ActionState.NOT_SUPPORTED;
import static io.acmpintune.model.action.ActionState.PENDING;
import static io.acmpintune.model.action.ActionState.QUEUED;
import static io.acmpintune.model.action.ActionState.REFUSED;
import static io.acmpintune.model.action.ActionState.SENDING;
import static io.acmpintune.model.action.ActionState.UNCERTAIN;

/** The moves that a device action may make, all in one table; every change of state asks it. */
final class ActionTransitions {

    private ActionTransitions() {}

    static Set<ActionState> from(ActionState state) {
        return switch (state) {
            // refused: by ourselves, before it is sent
            case QUEUED -> Set.of(SENDING, REFUSED, CANCELLED, EXPIRED);
            // back to queued: Intune put it off, or it never left
            case SENDING -> Set.of(ACCEPTED, AWAITING_APPROVAL, REFUSED, UNCERTAIN, QUEUED);
            // accepted: Intune shows it as done
            case AWAITING_APPROVAL -> Set.of(SENDING, ACCEPTED, REFUSED, CANCELLED, EXPIRED);
            case ACCEPTED -> Set.of(PENDING, DONE, FAILED, NOT_SUPPORTED);
            case PENDING -> Set.of(DONE, FAILED, NOT_SUPPORTED);
            // failed: the device is gone, so that nothing is left to find out
            case UNCERTAIN -> Set.of(ACCEPTED, AWAITING_APPROVAL, QUEUED, NEEDS_DECISION, FAILED);
            case NEEDS_DECISION -> Set.of(ACCEPTED, QUEUED, CANCELLED);
            case DONE, FAILED, NOT_SUPPORTED, REFUSED, CANCELLED, EXPIRED -> Set.of();
        };
    }

    static ActionState require(ActionState from, ActionState to) {
        if (!from(from).contains(to)) {
            throw new IllegalStateException("a device action does not go from " + from.text() + " to " + to.text());
        }
        return to;
    }
}
