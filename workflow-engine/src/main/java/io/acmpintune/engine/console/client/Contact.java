package io.acmpintune.engine.console.client;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A filter by the age of the last contact. */
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

    /** Returns its name in addresses. */
    String key() {
        return key;
    }

    /** Returns the earliest last contact; null = any. */
    @Nullable
    Instant since(Instant now) {
        return within ? now.minus(age) : null;
    }

    /** Returns the time before which the last contact was; null = any. */
    @Nullable
    Instant before(Instant now) {
        return within ? null : now.minus(age);
    }
}
