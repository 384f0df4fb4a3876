package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * Detects a clock that jumped. After a jump back, what happened before could not be counted; after a jump forward, the caps would
 * take everything for long past. So the database's clock, which decides, has to agree with the clock of the service's host.
 */
final class ClockCheck {

    private final InstantSource host;

    ClockCheck(InstantSource host) {
        this.host = host;
    }

    /**
     * Returns why nothing with limits may pass now; empty = the clock is plausible.
     *
     * @param newest the time of the newest known event; null = there is none
     * @param now by the database's clock
     */
    Optional<Problem> objection(@Nullable Instant newest, Instant now) {
        // both without the present time, so that the problem stays the same
        if (newest != null && now.plus(SafetySettings.TOLERANCE).isBefore(newest)) {
            return Optional.of(Problem.of(ProblemKind.CLOCK_WENT_BACK,
                    "The database's clock shows a time before " + newest
                            + ", when it let actions pass, so recent hand-overs cannot be counted.",
                    "Correct the clock of the database's host; actions then continue by themselves."));
        }
        return Duration.between(now, host.instant()).abs().compareTo(SafetySettings.TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemKind.CLOCKS_DIFFER,
                        "The clocks of the database and of the service differ by more than a minute, so recent hand-overs"
                                + " cannot be counted.",
                        "Correct the clock that is wrong; actions then continue by themselves."));
    }
}
