package io.acmpintune.model;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * A connector as it stands.
 *
 * @param devices devices now known
 * @param lastScan the scan that ran last or runs now; null before the first
 */
public record ConnectorStatus(String name, UUID tenantId, int devices, ScannerSettings scanner,
        @Nullable Scan lastScan) {

    /**
     * One pass over Intune's devices.
     *
     * @param pages Graph pages read
     * @param read rows read, quarantined and filtered ones included
     * @param filtered devices that the connector's filter does not admit
     * @param suspect devices that the scan did not see and that are not removed
     * @param removed devices that two scans did not see and that Intune no longer knows, and those that the filter no longer
     *            admits
     * @param held removals that wait for an operator
     * @param graphCalls requests sent to Graph for this scan, repeated ones included
     * @param duration from start to end; null while it runs
     * @param problem why it failed
     */
    public record Scan(long id, ScanKind kind, ScanState state, Instant startedAt, @Nullable Instant finishedAt,
            int pages,
            int read, int added, int changed, int unchanged, int filtered, int quarantined, int suspect, int removed,
            int held, int graphCalls, @Nullable Duration duration, @Nullable Problem problem) {}

    /** How much a scan reads. */
    public enum ScanKind {
        /** What has checked in since the last scan, and a little before: it removes nothing. */
        INCREMENTAL,
        /** Everything: what it does not see is suspected to be gone. */
        FULL
    }

    /** How a scan stands; one that fails has changed only what it read. */
    public enum ScanState {
        RUNNING, FINISHED, FAILED
    }
}
