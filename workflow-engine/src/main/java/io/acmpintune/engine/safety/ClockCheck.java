package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Whether the clock can be right. With one that went back, the past counts for less than it was, or for nothing. Pure. */
final class ClockCheck {

    private ClockCheck() {}

    /**
     * Why nothing destructive can be let pass now.
     *
     * @param newest when the newest thing happened that is known of; null = nothing is
     */
    static Optional<Problem> objection(@Nullable Instant newest, Instant now) {
        return newest == null || !now.plus(SafetySettings.TOLERANCE).isBefore(newest)
                ? Optional.empty()
                // without the present time, so that it stays the same problem
                : Optional.of(Problem.of(ProblemKind.CLOCK_WENT_BACK,
                        "The service's clock shows a time before " + newest
                                + ", at which it has let something destructive pass, so what passed lately"
                                + " cannot be counted.",
                        "Set the clock of the service's host right; wipes and retirements go on by themselves then."));
    }
}
