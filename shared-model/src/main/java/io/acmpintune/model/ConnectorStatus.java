package io.acmpintune.model;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * The status of a connector.
 *
 * @param devices number of known devices
 * @param lastScan the last or running scan; null before the first
 */
public record ConnectorStatus(String name, UUID tenantId, int devices, ScannerSettings scanner,
        @Nullable Scan lastScan) {

    /**
     * One pass over Intune's devices.
     *
     * @param pages Graph pages read
     * @param read rows read, including quarantined and filtered ones
     * @param filtered devices excluded by the connector's filter
     * @param suspect known devices that the scan did not find and that are not removed
     * @param removed devices that two scans did not find and Intune no longer has, and devices that the filter now excludes
     * @param held removals that wait for an operator
     * @param graphCalls requests sent to Graph, including retries
     * @param duration from start to end; null while it runs
     * @param problem why it failed
     */
    public record Scan(long id, ScanKind kind, ScanState state, Instant startedAt, @Nullable Instant finishedAt,
            int pages,
            int read, int added, int changed, int unchanged, int filtered, int quarantined, int suspect, int removed,
            int held, int graphCalls, @Nullable Duration duration, @Nullable Problem problem) {}

    /** What a scan reads. */
    public enum ScanKind {
        /** Devices that have checked in since shortly before the last scan; removes nothing. */
        INCREMENTAL,
        /** All devices; a known device that is missing becomes suspect. */
        FULL
    }

    /** The state of a scan; a failed scan has changed only what it read. */
    public enum ScanState {
        RUNNING, FINISHED, FAILED
    }
}
