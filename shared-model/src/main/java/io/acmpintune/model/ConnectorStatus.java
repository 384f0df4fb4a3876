package io.acmpintune.model;

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
public record ConnectorStatus(String name, UUID tenantId, int devices, @Nullable Scan lastScan) {

    /**
     * One pass over Intune's devices.
     *
     * @param pages Graph pages read
     * @param read rows read, quarantined ones included
     * @param suspect devices that the scan did not see and that are not removed
     * @param removed devices that two scans did not see and that Intune no longer knows
     * @param held removals that wait for an operator
     * @param graphCalls requests sent to Graph, repeated ones included
     * @param problem why it failed
     */
    public record Scan(long id, ScanKind kind, ScanState state, Instant startedAt, @Nullable Instant finishedAt,
            int pages,
            int read, int added, int changed, int unchanged, int quarantined, int suspect, int removed, int held,
            int graphCalls,
            @Nullable Problem problem) {}

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
