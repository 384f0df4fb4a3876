package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.console.signin.SignInPace.Failures;

import static org.assertj.core.api.Assertions.assertThat;

class SignInPaceTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 2", "4, 4", "5, 8", "6, 16", "7, 32", "8, 60", "30, 60", "1000, 60"})
    void failuresOfANameAtOneAddressMakeTheAddressPauseForAMinuteAtMost(int failures, int seconds) {
        assertThat(pause(new Failures(failures, NOW, failures, NOW, failures))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"19, 0", "20, 2", "25, 60", "1000, 60"})
    void failuresUnderManyNamesMakeTheAddressPause(int failures, int seconds) {
        assertThat(pause(new Failures(0, null, failures, NOW, 0))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void failuresElsewhereNeverMakeAnAddressPause() {
        assertThat(SignInPace.pauseUntil(new Failures(0, null, 0, null, 100_000), NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "5, 1", "6, 2", "9, 5", "100000, 5"})
    void failuresOfANameFromAnywhereDelayItsAnswersByFiveSecondsAtMost(int failures, int seconds) {
        assertThat(SignInPace.delay(new Failures(0, null, 0, null, failures))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPauseEndsByItself() {
        Failures failures = new Failures(3, NOW.minusSeconds(2), 3, NOW.minusSeconds(2), 3);

        assertThat(SignInPace.pauseUntil(failures, NOW)).isEmpty();
        assertThat(SignInPace.pauseUntil(failures, NOW.minusMillis(1))).contains(NOW);
    }

    @ParameterizedTest
    @CsvSource({"8, 8, false", "9, 9, true", "10, 10, false", "19, 19, true", "0, 29, true", "0, 30, false"})
    void everyTenthFailureOfANameAndEveryThirtiethOfAnAddressIsNotable(int ofName, int ofAddress, boolean notable) {
        assertThat(SignInPace.isNotable(new Failures(0, null, ofAddress, NOW, ofName))).isEqualTo(notable);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "2001:db8:1:2::7, 20010db800010002::/64",
            "2001:db8:1:2:ffff::1, 20010db800010002::/64", "unknown, unknown"})
    void anIpv6NetworkCountsAsOneAddress(String address, String counted) {
        assertThat(SignInAttempts.addressOf(address)).isEqualTo(counted);
    }

    private static Duration pause(Failures failures) {
        return SignInPace.pauseUntil(failures, NOW).map(until -> Duration.between(NOW, until)).orElse(Duration.ZERO);
    }
}
