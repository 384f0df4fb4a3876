package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.ScanIntervals;

/** What the scan lane does now. */
sealed interface ScanChoice {

    /** Reads everything. */
    record Full() implements ScanChoice {}

    /** Reads what has checked in after that. */
    record Incremental(Instant after) implements ScanChoice {}

    record Nothing(Duration until) implements ScanChoice {}

    /**
     * What is known of the scans before.
     *
     * @param watermark the newest check-in that a finished scan saw
     * @param wanted whether somebody asked for a full scan
     */
    record Past(@Nullable Instant fullFinished, @Nullable Instant anyFinished, @Nullable Instant watermark,
            boolean wanted) {}

    /** A device may check in while Intune's list is being read, and Intune's services do not share one clock. */
    Duration OVERLAP = Duration.ofMinutes(10);

    static ScanChoice of(Past past, ScanIntervals intervals, Instant now) {
        if (past.wanted() || past.fullFinished() == null) {
            return new Full();
        }
        Duration untilFull = Duration.between(now, past.fullFinished().plus(intervals.fullInterval()));
        if (!untilFull.isPositive()) {
            return new Full();
        }
        Instant last = past.anyFinished() == null ? past.fullFinished() : past.anyFinished();
        Duration untilIncremental = Duration.between(now, last.plus(intervals.incrementalInterval()));
        if (past.watermark() == null) {
            return new Nothing(untilFull);
        }
        return untilIncremental.isPositive()
                ? new Nothing(untilIncremental.compareTo(untilFull) < 0 ? untilIncremental : untilFull)
                : new Incremental(past.watermark().minus(OVERLAP));
    }
}
