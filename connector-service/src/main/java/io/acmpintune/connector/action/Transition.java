package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;

/**
 * The decision what an action does next.
 *
 * @param to the new state; the present one to stay and look again later
 * @param pause until it is due again
 * @param looked whether the device was really seen, which makes the next pause longer
 * @param acceptedAt Intune's time of acceptance, where this step learned it
 * @param approval what Intune wants to be approved, where this step learned it
 * @param note for the history, such as what was observed
 */
record Transition(ActionState to, Duration pause, boolean looked, @Nullable Instant acceptedAt,
        @Nullable Approval approval,
        @Nullable Problem problem, @Nullable String note, @Nullable String requestId, @Nullable String by) {

    static Transition to(ActionState state) {
        return new Transition(state, Duration.ZERO, false, null, null, null, null, null, null);
    }

    Transition after(Duration time) {
        return new Transition(to, time, looked, acceptedAt, approval, problem, note, requestId, by);
    }

    Transition looking() {
        return new Transition(to, pause, true, acceptedAt, approval, problem, note, requestId, by);
    }

    Transition because(Problem reason) {
        return new Transition(to, pause, looked, acceptedAt, approval, reason, note, requestId, by);
    }

    Transition acceptedAt(Instant moment) {
        return new Transition(to, pause, looked, moment, approval, problem, note, requestId, by);
    }

    Transition awaiting(Approval wanted) {
        return new Transition(to, pause, looked, acceptedAt, wanted, problem, note, requestId, by);
    }

    Transition noting(@Nullable String text) {
        return new Transition(to, pause, looked, acceptedAt, approval, problem, text, requestId, by);
    }

    Transition request(@Nullable String id) {
        return new Transition(to, pause, looked, acceptedAt, approval, problem, note, id, by);
    }

    Transition by(String person) {
        return new Transition(to, pause, looked, acceptedAt, approval, problem, note, requestId, person);
    }
}
