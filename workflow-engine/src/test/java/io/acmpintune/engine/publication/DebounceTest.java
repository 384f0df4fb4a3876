package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.publication.RunRepository.InputVersion;
import io.acmpintune.engine.workflow.Publishing;

import static org.assertj.core.api.Assertions.assertThat;

class DebounceTest {

    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
    private static final InputVersion TOLD = new InputVersion("mapping feed 0", 1_000);

    private final Debounce debounce = new Debounce(new Publishing(200, Publishing.LookUp.ALL, 4,
            Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ofSeconds(5)));

    @Test
    void aFewChangesWaitUntilNoMoreHaveComeForAWhile() {
        assertThat(pause(1_010, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pause(1_020, 4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pause(1_020, 7)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pause(1_020, 9)).isZero();
    }

    @Test
    void theyDoNotWaitLongerThanAScanTakes() {
        for (int second = 0; second < 119; second++) {
            assertThat(pause(1_001 + second, second)).as("after %d s", second).isPositive();
        }

        assertThat(pause(1_119, 118)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pause(1_120, 120)).isZero();
    }

    @Test
    void whatComesAfterTheyWereToldWaitsAnew() {
        pause(1_010, 0);
        pause(1_010, 5);

        assertThat(pause(1_020, 100)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void manyChangesAreToldAtOnce() {
        assertThat(pause(2_999, 0)).isPositive();
        assertThat(pause(3_000, 1)).isZero();
    }

    @Test
    void whatIsNoChangeOfADeviceIsToldAtOnce() {
        assertThat(debounce.delay(TOLD, new InputVersion("mapping feed 1", 1_001), START)).isZero();
        assertThat(debounce.delay(TOLD, TOLD, START)).isZero();
        assertThat(debounce.delay(null, TOLD, START)).isZero();
    }

    private Duration pause(long revision, int second) {
        return debounce.delay(TOLD, new InputVersion(TOLD.basis(), revision), START.plusSeconds(second));
    }
}
