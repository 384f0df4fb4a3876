package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Limits requests in any period of a given length. Refused requests count as well, as Graph documents, so a client that
 * keeps retrying stays throttled.
 */
final class SlidingWindow {

    private final @Nullable Instant[] latest;
    private final Duration span;
    private int next;

    SlidingWindow(int most, Duration span) {
        this.latest = new Instant[most];
        this.span = span;
    }

    /** Counts a request. Returns how long to wait if the limit is exceeded, else zero. */
    Duration count(Instant now) {
        @Nullable
        Instant oldest = latest[next];
        latest[next] = now;
        next = (next + 1) % latest.length;
        if (oldest == null || !oldest.plus(span).isAfter(now)) {
            return Duration.ZERO;
        }
        // Room is free again when the oldest counted request leaves the window.
        @Nullable
        Instant first = latest[next];
        return first == null ? span : Duration.between(now, first.plus(span));
    }
}
