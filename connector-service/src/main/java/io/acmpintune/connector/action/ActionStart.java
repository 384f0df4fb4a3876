package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When an action started. Results that Intune reports from before this moment belong to another action.
 *
 * @param at by Intune's clock if it answered, otherwise by ours
 * @param previous when the previous action of the same kind started on the device; null = there was none
 */
record ActionStart(Instant at, @Nullable Instant previous) {

    /** Intune's services do not share one clock to the second. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    boolean mayHaveStarted(@Nullable Instant result) {
        // the previous start comes from an HTTP date, which is truncated to the second
        return result != null && !result.isBefore(at.minus(CLOCK_SKEW))
                && (previous == null || !result.isBefore(previous.plusSeconds(1)));
    }
}
