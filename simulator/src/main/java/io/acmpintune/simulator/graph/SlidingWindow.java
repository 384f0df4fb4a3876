package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * At most so many requests within a span of time, whenever it begins. A refused request counts like any other: Graph
 * says that all accrue, so who hammers stays outside.
 */
final class SlidingWindow {

    private final @Nullable Instant[] latest;
    private final Duration span;
    private int next;

    SlidingWindow(int most, Duration span) {
        this.latest = new Instant[most];
        this.span = span;
    }

    /** Counts a request, and tells how long to wait if it is one too many, else zero. */
    Duration count(Instant now) {
        @Nullable
        Instant oldest = latest[next];
        latest[next] = now;
        next = (next + 1) % latest.length;
        if (oldest == null || !oldest.plus(span).isAfter(now)) {
            return Duration.ZERO;
        }
        // Only the oldest that counts now will make room again.
        @Nullable
        Instant first = latest[next];
        return first == null ? span : Duration.between(now, first.plus(span));
    }
}
