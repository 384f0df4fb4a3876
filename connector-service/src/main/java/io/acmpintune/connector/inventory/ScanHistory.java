package io.acmpintune.connector.inventory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Earlier scans of a connector.
 *
 * @param fullFinished end of the last successful full scan; null = none yet
 * @param anyFinished end of the last successful scan of any kind; null = none yet
 * @param watermark newest check-in seen by a finished scan
 * @param fullScanRequested whether someone asked for a full scan
 */
record ScanHistory(@Nullable Instant fullFinished, @Nullable Instant anyFinished, @Nullable Instant watermark,
        boolean fullScanRequested) {}
