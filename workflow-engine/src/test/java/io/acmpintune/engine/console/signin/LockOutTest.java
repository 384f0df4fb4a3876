package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockOutTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void fourFailuresCloseNothing() {
        assertThat(LockOut.until(minutesAgo(0, 1, 2, 3), NOW)).isEmpty();
    }

    @Test
    void theFifthFailureWithinTheWindowClosesForAsLongAgain() {
        assertThat(LockOut.until(minutesAgo(1, 2, 3, 4, 5), NOW)).contains(NOW.plus(Duration.ofMinutes(14)));
    }

    @Test
    void aLockOpensAfterItsTime() {
        assertThat(LockOut.until(minutesAgo(15, 16, 17, 18, 19), NOW)).isEmpty();
        assertThat(LockOut.until(minutesAgo(14, 16, 17, 18, 19), NOW)).isPresent();
    }

    @Test
    void failuresThatAreFurtherApartThanTheWindowCloseNothing() {
        assertThat(LockOut.until(minutesAgo(0, 4, 8, 12, 15), NOW)).isEmpty();
        assertThat(LockOut.until(minutesAgo(0, 4, 8, 12, 14), NOW)).isPresent();
    }

    private static List<Instant> minutesAgo(long... minutes) {
        return Arrays.stream(minutes).mapToObj(ago -> NOW.minus(Duration.ofMinutes(ago))).toList();
    }
}
