package io.acmpintune.engine.job;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.job.HandOverStage.Event;

import static io.acmpintune.engine.job.HandOverStage.CLAIMED;
import static io.acmpintune.engine.job.HandOverStage.CLOSED;
import static io.acmpintune.engine.job.HandOverStage.DEFERRED;
import static io.acmpintune.engine.job.HandOverStage.HANDED_OVER;
import static io.acmpintune.engine.job.HandOverStage.LOST;
import static io.acmpintune.engine.job.HandOverStage.UNCLAIMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandOverStageTest {

    /** Every pair that is possible; all others are not. */
    private static final Map<HandOverStage, Map<Event, HandOverStage>> TRANSITIONS = Map.of(
            UNCLAIMED, Map.of(Event.CLAIMED, CLAIMED, Event.CANCELLED, CLOSED, Event.EXPIRED, CLOSED),
            CLAIMED, Map.of(Event.NOT_SENT, DEFERRED, Event.ACCEPTED, HANDED_OVER, Event.REFUSED, CLOSED,
                    Event.FEED_REPLACED, LOST),
            DEFERRED, Map.of(Event.CLAIMED, CLAIMED, Event.CANCELLED, CLOSED, Event.EXPIRED, CLOSED,
                    Event.FEED_REPLACED, LOST),
            HANDED_OVER, Map.of(Event.REPORTED_OPEN, HANDED_OVER, Event.REPORTED_CLOSED, CLOSED,
                    Event.FEED_REPLACED, LOST),
            LOST, Map.of(Event.REPORTED_OPEN, HANDED_OVER, Event.REPORTED_CLOSED, CLOSED, Event.FEED_REPLACED, LOST,
                    Event.GIVEN_UP, CLOSED),
            CLOSED, Map.of(Event.REPORTED_OPEN, CLOSED, Event.REPORTED_CLOSED, CLOSED, Event.FEED_REPLACED, LOST));

    @Test
    void everyPairOfStageAndEventLeadsWhereItShouldAndNowhereElse() {
        for (HandOverStage stage : HandOverStage.values()) {
            for (Event event : Event.values()) {
                assertThat(stage.after(event)).as(stage + " " + event)
                        .isEqualTo(Optional.ofNullable(TRANSITIONS.getOrDefault(stage, Map.of()).get(event)));
            }
        }
    }

    @Test
    void anEventNamesItsSourcesAndItsOnlyTarget() {
        assertThat(Event.CANCELLED.sources()).containsExactly("UNCLAIMED", "DEFERRED");
        assertThat(Event.CANCELLED.target()).isEqualTo("CLOSED");
        assertThatIllegalStateException().isThrownBy(Event.REPORTED_OPEN::target);
    }
}
