package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTest {

    private final Random random = new Random(4);

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "7, 320", "8, 600", "9, 600", "1000000, 600"})
    void aPauseIsAnyTimeUpToABoundThatDoubles(int failures, int bound) {
        List<Duration> pauses = IntStream.range(0, 2_000).mapToObj(_ -> Backoff.after(failures, random)).toList();
        assertThat(pauses).allSatisfy(
                pause -> assertThat(pause).isBetween(Backoff.SHORTEST, Duration.ofSeconds(bound)));
        assertThat(pauses)
                .anyMatch(pause -> pause.compareTo(Duration.ofSeconds(bound).dividedBy(10).multipliedBy(9)) > 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(bound).dividedBy(2)) < 0);
    }

    @Test
    void thereIsNoPauseWithoutAFailure() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.after(0, random));
    }
}
