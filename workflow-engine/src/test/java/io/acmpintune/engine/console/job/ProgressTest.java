package io.acmpintune.engine.console.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.console.job.Progress.Segment;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ActionState;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    @Test
    void whatHasEndedComesFirstAndWhatHasNotBegunIsNoPartOfTheBar() {
        Progress progress = Progress.of(job(QueryAction.WIPE, Map.of(ActionState.QUEUED, 4, ActionState.DONE, 10,
                ActionState.FAILED, 2, ActionState.REFUSED, 2, ActionState.ACCEPTED, 1, ActionState.NEEDS_DECISION,
                1)));

        assertThat(progress.segments()).containsExactly(new Segment(Tone.GOOD, 10, 0, 50),
                new Segment(Tone.BAD, 4, 50, 20), new Segment(Tone.WARN, 1, 70, 5),
                new Segment(Tone.RUNNING, 1, 75, 5));
        assertThat(progress.ended()).isEqualTo(14);
        assertThat(progress.percent()).isEqualTo(70);
    }

    @Test
    void aNotificationThatIntuneTookIsAtItsEndForNothingMoreIsHeardOfIt() {
        assertThat(Progress.of(job(QueryAction.SEND_NOTIFICATION, Map.of(ActionState.ACCEPTED, 3))).percent())
                .isEqualTo(100);
        assertThat(Progress.of(job(QueryAction.REMOTE_LOCK, Map.of(ActionState.ACCEPTED, 3))).percent()).isZero();
    }

    @Test
    void onlyAWholeIsAWhole() {
        assertThat(Progress.of(job(QueryAction.SYNCHRONIZE, Map.of(ActionState.DONE, 9_999, ActionState.PENDING, 1)))
                .percent()).isEqualTo(99);
        assertThat(Progress.of(job(QueryAction.SYNCHRONIZE, Map.of())).percent()).isEqualTo(100);
    }

    private static Job job(QueryAction action, Map<ActionState, Integer> outcome) {
        return new Job(new UUID(1, 2), "IntuneMobileDevices_1", action, action.greatestImpact(), "anna", "user:anna",
                null, new JobParameters(null, null), null, JobState.RUNNING, Instant.EPOCH, Instant.EPOCH, null, null,
                1,
                outcome.values().stream().mapToInt(Integer::intValue).sum(), outcome, null);
    }
}
