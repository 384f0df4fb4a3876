package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.publication.RunRepository.InputVersion;
import io.acmpintune.engine.workflow.Publishing;

import static org.assertj.core.api.Assertions.assertThat;

class DebounceTest {

    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
    private static final InputVersion PUBLISHED = new InputVersion("mapping feed 0", 1_000);

    private final Debounce debounce = new Debounce(new Publishing(200, Publishing.LookUp.ALL, 4,
            Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ofSeconds(5)));

    @Test
    void smallChangesWaitUntilNoMoreArrive() {
        assertThat(delay(1_010, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(delay(1_020, 4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(delay(1_020, 7)).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay(1_020, 9)).isZero();
    }

    @Test
    void changesWaitNoLongerThanTwoMinutes() {
        for (int second = 0; second < 119; second++) {
            assertThat(delay(1_001 + second, second)).as("after %d s", second).isPositive();
        }

        assertThat(delay(1_119, 118)).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay(1_120, 120)).isZero();
    }

    @Test
    void changesAfterARunWaitAgain() {
        delay(1_010, 0);
        delay(1_010, 5);

        assertThat(delay(1_020, 100)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void manyChangesArePublishedAtOnce() {
        assertThat(delay(2_999, 0)).isPositive();
        assertThat(delay(3_000, 1)).isZero();
    }

    @Test
    void inputsOtherThanDeviceChangesAreNotDelayed() {
        assertThat(debounce.delay(PUBLISHED, new InputVersion("mapping feed 1", 1_001), START)).isZero();
        assertThat(debounce.delay(PUBLISHED, PUBLISHED, START)).isZero();
        assertThat(debounce.delay(null, PUBLISHED, START)).isZero();
    }

    private Duration delay(long revision, int second) {
        return debounce.delay(PUBLISHED, new InputVersion(PUBLISHED.basis(), revision), START.plusSeconds(second));
    }
}
