package io.acmpintune.engine.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When what was not taken is sent again: after 10 s, then twice as long each time, at most an hour; for 24 hours. */
final class Repetition {

    static final Duration FOR = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Repetition() {}

    /** Empty when it is given up. */
    static Optional<Instant> after(int attempts, Instant now, Instant giveUpAt) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        Instant next = now.plus(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST);
        return next.isAfter(giveUpAt) ? Optional.empty() : Optional.of(next);
    }
}
