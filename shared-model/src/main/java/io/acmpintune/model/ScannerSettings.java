package io.acmpintune.model;

import org.jspecify.annotations.Nullable;

/**
 * How often a connector scans, and why.
 *
 * @param effective what holds now, on all replicas
 * @param configured what the configuration says, and what holds where an operator has said nothing
 */
public record ScannerSettings(ScanIntervals effective, ScanIntervals configured) {

    /**
     * What an operator wants from now on, each as {@code PT15M} or {@code 15m}; null goes back to the configuration.
     *
     * @param incrementalInterval 10 s to 366 d
     * @param fullInterval 1 min to 366 d
     */
    public record Change(@Nullable String incrementalInterval, @Nullable String fullInterval) {}
}
