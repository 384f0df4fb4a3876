package io.acmpintune.engine.console.client;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** When a device was last heard of, as a filter offers it. */
enum Contact {
    DAY("day", Duration.ofDays(1), true),
    WEEK("week", Duration.ofDays(7), true),
    MONTH("month", Duration.ofDays(30), true),
    OVER_WEEK("over-week", Duration.ofDays(7), false),
    OVER_MONTH("over-month", Duration.ofDays(30), false),
    OVER_QUARTER("over-quarter", Duration.ofDays(90), false);

    private final String key;
    private final Duration age;
    private final boolean within;

    Contact(String key, Duration age, boolean within) {
        this.key = key;
        this.age = age;
        this.within = within;
    }

    /** As addresses write it. */
    String key() {
        return key;
    }

    /** The last contact was then or later; null = whenever. */
    @Nullable
    Instant since(Instant now) {
        return within ? now.minus(age) : null;
    }

    /** The last contact was before then; null = whenever. */
    @Nullable
    Instant before(Instant now) {
        return within ? null : now.minus(age);
    }
}
