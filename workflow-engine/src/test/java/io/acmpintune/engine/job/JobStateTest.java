package io.acmpintune.engine.job;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.job.JobState.Event;
import io.acmpintune.model.action.Impact;

import static org.assertj.core.api.Assertions.assertThat;

class JobStateTest {

    /** Every pair that leads anywhere; all others lead nowhere. */
    private static final Map<JobState, Map<Event, JobState>> WAYS = Map.of(
            JobState.AWAITING_APPROVAL,
            Map.of(Event.APPROVED, JobState.RUNNING, Event.REJECTED, JobState.CANCELLED, Event.EXPIRED,
                    JobState.CANCELLED, Event.CANCELLED, JobState.CANCELLED),
            JobState.RUNNING,
            Map.of(Event.HANDED_OVER, JobState.FINISHED, Event.CANCELLED, JobState.CANCELLED, Event.STOPPED,
                    JobState.STOPPED));

    @Test
    void everyPairOfStateAndEventLeadsWhereItShouldAndNowhereElse() {
        for (JobState state : JobState.values()) {
            for (Event event : Event.values()) {
                assertThat(state.after(event)).as(state + " " + event)
                        .isEqualTo(Optional.ofNullable(WAYS.getOrDefault(state, Map.of()).get(event)));
            }
        }
    }

    @Test
    void whatIsFinalLeadsNowhereAndWhatIsNotLeadsOn() {
        assertThat(Arrays.stream(JobState.values())
                .filter(state -> Arrays.stream(Event.values()).allMatch(event -> state.after(event).isEmpty())))
                .containsExactlyElementsOf(Arrays.stream(JobState.values()).filter(JobState::isFinal).toList());
    }

    @ParameterizedTest
    @CsvSource({"WIPE, DESTRUCTIVE", "RETIRE, DESTRUCTIVE", "REMOTE_LOCK, DESTRUCTIVE",
            "SEND_NOTIFICATION, DISRUPTIVE", "SYNCHRONIZE, HARMLESS"})
    void everyActionHasAGreatestImpact(QueryAction action, Impact impact) {
        assertThat(action.greatestImpact()).isEqualTo(impact);
    }
}
