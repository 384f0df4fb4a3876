package io.acmpintune.connector.health;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.model.ExpiringCredential.Stage;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialStageTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"31, 0, FAR", "30, 1, FAR", "30, 0, DAYS_30", "14, 1, DAYS_30", "14, 0, DAYS_14", "7, 1, DAYS_14",
            "7, 0, DAYS_7", "1, 1, DAYS_7", "1, 0, DAY_1", "0, 1, DAY_1", "0, 0, EXPIRED", "-1, 0, EXPIRED",
            "4000, 0, FAR"})
    void theStageIsTheNearestThresholdThatWasReached(int days, int seconds, Stage stage) {
        assertThat(Stage.of(NOW.plusSeconds(days * 86_400L + seconds), NOW)).isEqualTo(stage);
    }

    @Test
    void eachStageIsNearerThanTheOnesBeforeIt() {
        assertThat(Stage.EXPIRED.isNearerThan(Stage.DAY_1)).isTrue();
        assertThat(Stage.DAYS_30.isNearerThan(Stage.FAR)).isTrue();
        assertThat(Stage.DAYS_14.isNearerThan(Stage.DAYS_14)).isFalse();
        assertThat(Stage.FAR.isNearerThan(Stage.EXPIRED)).isFalse();
    }
}
