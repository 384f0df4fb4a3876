package io.acmpintune.engine.acmp.icql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AcmpDateTest {

    @ParameterizedTest
    @CsvSource({"2025-03-01T08:15:30Z, 2025-03-01T08:15:30.000Z",
            "2025-03-01T08:15:30.123456789Z, 2025-03-01T08:15:30.123Z",
            "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999Z"})
    void aDateIsWrittenInUtcWithMilliseconds(Instant instant, String text) {
        assertThat(AcmpDate.write(instant)).isEqualTo(text);
    }

    @Test
    void noDateIsDayZeroOfAcmpsCalendar() {
        assertThat(AcmpDate.write(null)).isEqualTo("1899-12-30T00:00:00.000Z");
        assertThat(AcmpDate.read("1899-12-30T00:00:00.000Z")).isEmpty();
        assertThat(AcmpDate.read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-01T08:15:30Z", "2025-03-01T08:15:30.000Z", "2025-03-01T10:15:30+02:00"})
    void aDateIsReadWithAnyOffsetAndPrecision(String text) {
        assertThat(AcmpDate.read(text)).contains(Instant.parse("2025-03-01T08:15:30Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01.03.2025", "2025-03-01", "45717.34", "2025-02-30T00:00:00.000Z"})
    void whatIsNoDateIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AcmpDate.read(text)).withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void aYearWithoutFourDigitsIsRefused(Instant instant) {
        assertThatIllegalArgumentException().isThrownBy(() -> AcmpDate.write(instant)).withMessageContaining("year");
    }

    @Test
    void everyDateComesBackToTheMillisecond() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 200_000_000_000L),
                    random.nextInt(1_000_000_000));
            assertThat(AcmpDate.read(AcmpDate.write(instant))).contains(instant.truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
