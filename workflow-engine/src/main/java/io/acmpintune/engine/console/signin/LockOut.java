package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When failed attempts close the sign-in for a name or an address. Pure. */
final class LockOut {

    /** So many failures within the window close it. */
    static final int FAILURES = 5;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private LockOut() {}

    /**
     * Until when no attempt is taken; empty when one is.
     *
     * @param failures times of failed attempts, the newest first; those behind the first {@link #FAILURES} do not matter
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
