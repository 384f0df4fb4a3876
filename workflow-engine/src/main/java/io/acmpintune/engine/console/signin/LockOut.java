package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides when failed attempts lock a name or an address. Pure. */
final class LockOut {

    /** Number of failures within the window that lock. */
    static final int FAILURES = 5;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private LockOut() {}

    /**
     * Returns until when attempts are rejected; empty if they are not.
     *
     * @param failures times of failed attempts, newest first; only the first {@link #FAILURES} matter
     */
    static Optional<Instant> until(List<Instant> failures, Instant now) {
        if (failures.size() < FAILURES) {
            return Optional.empty();
        }
        Instant newest = failures.getFirst();
        Instant opens = newest.plus(WINDOW);
        boolean inOneWindow = failures.get(FAILURES - 1).isAfter(newest.minus(WINDOW));
        return inOneWindow && opens.isAfter(now) ? Optional.of(opens) : Optional.empty();
    }
}
