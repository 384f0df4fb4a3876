package io.acmpintune.connector.graph;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryDelaysTest {

    private static final RetryDelays PAUSES = new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(30), 6);

    @Test
    void theCeilingDoublesUpToTheLongest() {
        IntToLongFunction longest = attempt -> {
            SplittableRandom random = new SplittableRandom(1);
            return IntStream.range(0, 5_000).mapToLong(_ -> PAUSES.after(attempt, random).toMillis()).max().orElse(0);
        };
        assertThat(longest.applyAsLong(1)).isBetween(990L, 1_000L);
        assertThat(longest.applyAsLong(2)).isBetween(1_980L, 2_000L);
        assertThat(longest.applyAsLong(3)).isBetween(3_960L, 4_000L);
        assertThat(longest.applyAsLong(6)).isBetween(29_700L, 30_000L);
        assertThat(longest.applyAsLong(1_000_000)).isBetween(29_700L, 30_000L);
    }

    @Test
    void callersDoNotComeBackTogether() {
        SplittableRandom random = new SplittableRandom(2);

        assertThat(IntStream.range(0, 100).mapToObj(_ -> PAUSES.after(4, random)).distinct().count())
                .isGreaterThan(90);
    }
}
