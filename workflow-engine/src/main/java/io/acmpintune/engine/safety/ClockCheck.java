package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Detects a clock that went back: what happened before could then not be counted. Pure. */
final class ClockCheck {

    private ClockCheck() {}

    /**
     * Returns why nothing with limits may pass now; empty = the clock is plausible.
     *
     * @param newest the time of the newest known event; null = there is none
     */
    static Optional<Problem> objection(@Nullable Instant newest, Instant now) {
        return newest == null || !now.plus(SafetySettings.TOLERANCE).isBefore(newest)
                ? Optional.empty()
                // without the present time, so that the problem stays the same
                : Optional.of(Problem.of(ProblemKind.CLOCK_WENT_BACK,
                        "The service's clock shows a time before " + newest
                                + ", when it let actions pass, so recent hand-overs cannot be counted.",
                        "Correct the clock of the service's host; actions then continue by themselves."));
    }
}
