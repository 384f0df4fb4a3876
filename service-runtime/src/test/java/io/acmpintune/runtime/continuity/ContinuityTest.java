package io.acmpintune.runtime.continuity;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.continuity.Continuity.Beat;
import io.acmpintune.runtime.continuity.Continuity.Gap;
import io.acmpintune.runtime.continuity.Continuity.Identity;
import io.acmpintune.runtime.continuity.Continuity.Restored;
import io.acmpintune.runtime.continuity.Continuity.Unbroken;

import static org.assertj.core.api.Assertions.assertThat;

class ContinuityTest {

    private static final Instant LAST = Instant.parse("2026-11-23T08:00:00Z");
    private static final Identity HERE = new Identity("5/17", "7300", "00000001");

    @Test
    void aQuickRestartIsUnbroken() {
        assertThat(after(Duration.ofMinutes(5), HERE, null)).isInstanceOf(Unbroken.class);
        assertThat(after(Duration.ofMinutes(-1), HERE, null)).isInstanceOf(Unbroken.class);
    }

    @Test
    void aLongerPauseIsAGapAndSoIsAClockThatJumpsEitherWay() {
        assertThat(after(Duration.ofMinutes(5).plusMillis(1), HERE, null)).isInstanceOf(Gap.class);
        assertThat(after(Duration.ofDays(60), HERE, 9L)).isInstanceOf(Gap.class);
        assertThat(after(Duration.ofMinutes(-1).minusMillis(1), HERE, 9L)).isInstanceOf(Gap.class);
    }

    @Test
    void tablesThatWereCreatedAgainAreRestored() {
        assertThat(after(Duration.ZERO, new Identity("6/17", "7300", "00000001"), null)).isInstanceOf(Restored.class);
        assertThat(after(Duration.ZERO, new Identity("5/18", "7300", "00000001"), 9L)).isInstanceOf(Restored.class);
    }

    @Test
    void anotherServerIsRestored() {
        assertThat(after(Duration.ZERO, new Identity("5/17", "7301", "00000001"), null)).isInstanceOf(Restored.class);
    }

    @Test
    void anotherTimelineIsRestoredUnlessTheServiceSawThatNothingWasLost() {
        Identity recovered = new Identity("5/17", "7300", "00000002");

        assertThat(after(Duration.ZERO, recovered, null)).isInstanceOf(Restored.class);
        assertThat(after(Duration.ZERO, recovered, 9L)).isInstanceOf(Unbroken.class);
        assertThat(after(Duration.ZERO, recovered, 10L)).isInstanceOf(Restored.class);
    }

    @Test
    void aCountThatWentBackIsRestored() {
        assertThat(after(Duration.ZERO, HERE, 9L)).isInstanceOf(Unbroken.class);
        assertThat(after(Duration.ZERO, HERE, 10L)).isInstanceOfSatisfying(Restored.class,
                restored -> assertThat(restored.evidence()).contains("from 10 to 9"));
    }

    @Test
    void aServerThatDoesNotShowItselfIsNotSuspected() {
        assertThat(after(Duration.ZERO, new Identity("5/17", null, null), null)).isInstanceOf(Unbroken.class);
    }

    /** The last heartbeat was the ninth. */
    private static Continuity after(Duration pause, Identity now, @Nullable Long remembered) {
        return Continuity.between(new Beat(9, LAST, HERE), LAST.plus(pause), now, remembered);
    }
}
