package io.acmpintune.model;

import org.jspecify.annotations.Nullable;

/**
 * How often a connector scans, and how often it would without an operator's change.
 *
 * @param effective the intervals in effect on all replicas
 * @param configured the configured intervals, in effect unless an operator has changed them
 */
public record ScannerSettings(ScanIntervals effective, ScanIntervals configured) {

    /**
     * New intervals, as {@code PT15M} or {@code 15m}; null restores the configured one.
     *
     * @param incrementalInterval 10 s to 366 d
     * @param fullInterval 1 min to 366 d
     */
    public record Change(@Nullable String incrementalInterval, @Nullable String fullInterval) {}
}
