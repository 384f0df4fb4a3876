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
record Step(ActionState to, Duration pause, boolean looked, @Nullable Instant acceptedAt, @Nullable Approval approval,
        @Nullable Problem problem, @Nullable String note, @Nullable String requestId, @Nullable String by) {

    static Step to(ActionState state) {
        return new Step(state, Duration.ZERO, false, null, null, null, null, null, null);
    }

    Step after(Duration time) {
        return new Step(to, time, looked, acceptedAt, approval, problem, note, requestId, by);
    }

    Step looking() {
        return new Step(to, pause, true, acceptedAt, approval, problem, note, requestId, by);
    }

    Step because(Problem reason) {
        return new Step(to, pause, looked, acceptedAt, approval, reason, note, requestId, by);
    }

    Step acceptedAt(Instant moment) {
        return new Step(to, pause, looked, moment, approval, problem, note, requestId, by);
    }

    Step awaiting(Approval wanted) {
        return new Step(to, pause, looked, acceptedAt, wanted, problem, note, requestId, by);
    }

    Step noting(@Nullable String text) {
        return new Step(to, pause, looked, acceptedAt, approval, problem, text, requestId, by);
    }

    Step request(@Nullable String id) {
        return new Step(to, pause, looked, acceptedAt, approval, problem, note, id, by);
    }

    Step by(String person) {
        return new Step(to, pause, looked, acceptedAt, approval, problem, note, requestId, person);
    }
}
