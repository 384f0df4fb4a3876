package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.model.ScanIntervals;

/** The next step of the scan lane. */
sealed interface NextScan {

    /** Reads all devices. */
    record Full() implements NextScan {}

    /** Reads the devices that checked in after a moment. */
    record Incremental(Instant after) implements NextScan {}

    record Wait(Duration until) implements NextScan {}

    /** Devices may check in while Intune's list is being read, and Intune's services do not share one clock. */
    Duration OVERLAP = Duration.ofMinutes(10);

    static NextScan of(ScanHistory history, ScanIntervals intervals, Instant now) {
        if (history.fullScanRequested() || history.fullFinished() == null) {
            return new Full();
        }
        Duration untilFull = Duration.between(now, history.fullFinished().plus(intervals.fullInterval()));
        if (!untilFull.isPositive()) {
            return new Full();
        }
        Instant last = history.anyFinished() == null ? history.fullFinished() : history.anyFinished();
        Duration untilIncremental = Duration.between(now, last.plus(intervals.incrementalInterval()));
        if (history.watermark() == null) {
            return new Wait(untilFull);
        }
        return untilIncremental.isPositive()
                ? new Wait(untilIncremental.compareTo(untilFull) < 0 ? untilIncremental : untilFull)
                : new Incremental(history.watermark().minus(OVERLAP));
    }
}
