package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When an action started, to tell its results from those of earlier actions of the same kind. It allows for clock skew, but
 * never reaches back to the previous action.
 *
 * @param at when Intune accepted the action, by Intune's clock; if that is unknown, when it was sent or requested
 * @param previous when the previous action of the same kind started on the device; null if there was none
 */
record ActionStart(Instant at, @Nullable Instant previous) {

    /** The clocks of Intune's services differ by some seconds. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    /** Returns whether a result that started then can be this action's. */
    boolean mayHaveStarted(@Nullable Instant result) {
        // the previous start comes from an HTTP date, which is truncated to the second
        return result != null && !result.isBefore(at.minus(CLOCK_SKEW))
                && (previous == null || !result.isBefore(previous.plusSeconds(1)));
    }
}
