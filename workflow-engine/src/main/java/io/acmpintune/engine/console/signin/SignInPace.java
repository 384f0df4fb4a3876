package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Decides how failed attempts slow sign-ins down. Failures of an address make that address pause, for at most a minute. Failures of a
 * name from anywhere only delay the answer to its attempts, so that nobody can lock somebody else out. Pure.
 */
final class SignInPace {

    /** How long a failure counts. */
    static final Duration WINDOW = Duration.ofMinutes(15);
    /** Every so many failures of a name, or of an address, somebody is notified. */
    static final int NOTABLE_BY_NAME = 10;
    static final int NOTABLE_BY_ADDRESS = 30;

    /** Failures without a pause: of a name at one address, of an address under all names, of a name anywhere. */
    private static final int FREE_OF_PAIR = 3;
    private static final int FREE_OF_ADDRESS = 20;
    private static final int FREE_OF_NAME = 5;
    private static final int LONGEST_PAUSE_SECONDS = 60;
    private static final int LONGEST_DELAY_SECONDS = 5;

    private SignInPace() {}

    /**
     * Failures within the window, including attempts that are not decided yet.
     *
     * @param lastOfPair null = none
     * @param lastOfAddress null = none
     */
    record Failures(int ofPair, @Nullable Instant lastOfPair, int ofAddress, @Nullable Instant lastOfAddress,
            int ofName) {}

    /** Returns until when the address has to pause before it tries this name; empty = it need not. */
    static Optional<Instant> pauseUntil(Failures failures, Instant now) {
        Instant ofPair = end(failures.lastOfPair(), failures.ofPair() - FREE_OF_PAIR);
        Instant ofAddress = end(failures.lastOfAddress(), failures.ofAddress() - FREE_OF_ADDRESS);
        Instant later = ofAddress.isAfter(ofPair) ? ofAddress : ofPair;
        return later.isAfter(now) ? Optional.of(later) : Optional.empty();
    }

    /** Returns how long the answer to an attempt is delayed. */
    static Duration delay(Failures failures) {
        return Duration.ofSeconds(Math.clamp(failures.ofName() - FREE_OF_NAME + 1L, 0, LONGEST_DELAY_SECONDS));
    }

    /** Returns whether one more failure is worth a notification. */
    static boolean isNotable(Failures before) {
        return (before.ofName() + 1) % NOTABLE_BY_NAME == 0 || (before.ofAddress() + 1) % NOTABLE_BY_ADDRESS == 0;
    }

    /** 2 s after the first failure that is not free, then twice as long each time. */
    private static Instant end(@Nullable Instant last, int excess) {
        if (last == null || excess < 0) {
            return Instant.MIN;
        }
        return last.plusSeconds(Math.min(LONGEST_PAUSE_SECONDS, 2L << Math.min(excess, 10)));
    }
}
