package io.acmpintune.engine.safety;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;

import static org.assertj.core.api.Assertions.assertThat;

class ThresholdTest {

    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @CsvSource({"0, 1, 1, false", "0, 2, 1, true", "1, 1, 1, true", "0, 1, 0, true", "9, 1, 10, false",
            "10, 1, 10, true", "0, 10000, 10, true", "11, 1, 10, true"})
    void whatIsStartedCountsTogetherWithWhatWasStarted(long started, int devices, int threshold, boolean exceeds) {
        assertThat(
                Threshold.exceeded(ActionKind.WIPE, Impact.DESTRUCTIVE, started, devices, threshold, DAY).isPresent())
                .isEqualTo(exceeds);
    }

    @Test
    void theReasonNamesAllNumbers() {
        assertThat(Threshold.exceeded(ActionKind.RETIRE, Impact.DESTRUCTIVE, 8, 5, 10, DAY)).contains(
                "It is a retire of 5 devices, after 8 by the same identity; within 24 hours, no more than 10 may be"
                        + " affected without a second person.");
        assertThat(Threshold.exceeded(ActionKind.WIPE, Impact.DESTRUCTIVE, 0, 1, 0, DAY)).contains(
                "It is a wipe of 1 device; within 24 hours, none may be affected without a second person.");
    }
}
