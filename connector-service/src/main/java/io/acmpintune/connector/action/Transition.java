package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;

/**
 * The next transition of an action.
 *
 * @param to the new state; the present state to only reschedule the action
 * @param pause time until the action is due again
 * @param deviceChecked whether the device could be read, which lengthens the next pause
 * @param acceptedAt when Intune accepted the action, if known from this transition
 * @param approval the approval that Intune requires, if known from this transition
 * @param note what was observed, for the history
 * @param by the person who caused it; null = the connector or Intune
 */
record Transition(ActionState to, Duration pause, boolean deviceChecked, @Nullable Instant acceptedAt,
        @Nullable Approval approval,
        @Nullable Problem problem, @Nullable String note, @Nullable String requestId, @Nullable String by) {

    static Transition to(ActionState state) {
        return new Transition(state, Duration.ZERO, false, null, null, null, null, null, null);
    }

    Transition after(Duration time) {
        return new Transition(to, time, deviceChecked, acceptedAt, approval, problem, note, requestId, by);
    }

    Transition countingCheck() {
        return new Transition(to, pause, true, acceptedAt, approval, problem, note, requestId, by);
    }

    Transition because(Problem reason) {
        return new Transition(to, pause, deviceChecked, acceptedAt, approval, reason, note, requestId, by);
    }

    Transition acceptedAt(Instant moment) {
        return new Transition(to, pause, deviceChecked, moment, approval, problem, note, requestId, by);
    }

    Transition awaiting(Approval wanted) {
        return new Transition(to, pause, deviceChecked, acceptedAt, wanted, problem, note, requestId, by);
    }

    Transition withNote(@Nullable String text) {
        return new Transition(to, pause, deviceChecked, acceptedAt, approval, problem, text, requestId, by);
    }

    Transition request(@Nullable String id) {
        return new Transition(to, pause, deviceChecked, acceptedAt, approval, problem, note, id, by);
    }

    Transition by(String person) {
        return new Transition(to, pause, deviceChecked, acceptedAt, approval, problem, note, requestId, person);
    }
}
