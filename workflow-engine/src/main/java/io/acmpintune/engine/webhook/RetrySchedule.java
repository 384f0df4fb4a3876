package io.acmpintune.engine.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Schedules retries: after 10 s, then after twice as long each time, at most an hour; for 24 hours. */
final class RetrySchedule {

    static final Duration FOR = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetrySchedule() {}

    /** Returns when to try again; empty to give up. */
    static Optional<Instant> after(int attempts, Instant now, Instant giveUpAt) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        Instant next = now.plus(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST);
        return next.isAfter(giveUpAt) ? Optional.empty() : Optional.of(next);
    }
}
