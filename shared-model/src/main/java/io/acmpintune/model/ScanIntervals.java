package io.acmpintune.model;

import java.time.Duration;

/**
 * How often a connector scans.
 *
 * @param incrementalInterval from the end of one scan to the start of the next incremental scan
 * @param fullInterval from the end of one full scan to the start of the next
 */
public record ScanIntervals(Duration incrementalInterval, Duration fullInterval) {}
