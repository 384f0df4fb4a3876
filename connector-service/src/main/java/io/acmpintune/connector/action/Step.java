package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;

/**
 * The decision what an action does next.
 *
 * @param to the new state; the present one to stay and look again later
 * @param pause until it is due again
 * @param acceptedAt Intune's time of acceptance, where this step learned it
 * @param note for the history, such as Graph's request id
 */
record Step(ActionState to, Duration pause, @Nullable Instant acceptedAt, @Nullable Problem problem,
        @Nullable String note) {

    static Step to(ActionState state) {
        return new Step(state, Duration.ZERO, null, null, null);
    }

    Step after(Duration time) {
        return new Step(to, time, acceptedAt, problem, note);
    }

    Step because(Problem reason) {
        return new Step(to, pause, acceptedAt, reason, note);
    }

    Step acceptedAt(Instant moment) {
        return new Step(to, pause, moment, problem, note);
    }

    Step noting(@Nullable String text) {
        return new Step(to, pause, acceptedAt, problem, text);
    }
}
