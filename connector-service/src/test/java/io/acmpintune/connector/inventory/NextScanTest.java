package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.model.ScanIntervals;

import static org.assertj.core.api.Assertions.assertThat;

class NextScanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant CHECK_IN = Instant.parse("2026-11-23T11:00:00Z");
    private static final ScanIntervals INTERVALS = new ScanIntervals(Duration.ofMinutes(15),
            Duration.ofHours(24));

    @Test
    void theFirstScanIsFull() {
        assertThat(choice(null, null, null, false)).isEqualTo(new NextScan.Full());
    }

    @Test
    void afterTheFullIntervalTheNextIsFull() {
        assertThat(choice(NOW.minus(Duration.ofHours(24)), NOW.minusSeconds(1), CHECK_IN, false))
                .isEqualTo(new NextScan.Full());
    }

    @Test
    void aRequestedScanIsFullAndStartsNow() {
        assertThat(choice(NOW.minusSeconds(60), NOW.minusSeconds(60), CHECK_IN, true)).isEqualTo(new NextScan.Full());
    }

    @Test
    void incrementalScansOverlapTheNewestCheckIn() {
        assertThat(choice(NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofMinutes(15)), CHECK_IN, false))
                .isEqualTo(new NextScan.Incremental(CHECK_IN.minus(Duration.ofMinutes(10))));
    }

    @Test
    void noScanIsDueBeforeTheIncrementalInterval() {
        assertThat(choice(NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofMinutes(5)), CHECK_IN, false))
                .isEqualTo(new NextScan.Wait(Duration.ofMinutes(10)));
    }

    @Test
    void incrementalScansDoNotDelayTheFullScan() {
        assertThat(choice(NOW.minus(Duration.ofHours(24)).plusSeconds(60), NOW.minusSeconds(5), CHECK_IN, false))
                .isEqualTo(new NextScan.Wait(Duration.ofMinutes(1)));
    }

    @Test
    void aTenantWithoutACheckInIsReadFullyOnly() {
        assertThat(choice(NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofHours(2)), null, false))
                .isEqualTo(new NextScan.Wait(Duration.ofHours(22)));
    }

    private static NextScan choice(@Nullable Instant full, @Nullable Instant any, @Nullable Instant watermark,
            boolean wanted) {
        return NextScan.of(new ScanHistory(full, any, watermark, wanted), INTERVALS, NOW);
    }
}
