package io.acmpintune.engine.job;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.model.action.ActionState;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;

class JobEventsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final JobBench bench = new JobBench();
    private final JobEvents events = bench.events;

    @BeforeEach
    void start() {
        bench.database.client(ONE, "device-1", false);
        bench.database.client(TWO, "device-2", false);
        events.start();
    }

    @AfterEach
    void stop() {
        events.stop();
    }

    @Test
    void aReaderIsWokenByAChangeAndToldWhatChanged() throws InterruptedException {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE, TWO);
        JobEvents.Position position = JobEvents.Position.after(job.revision());
        try (JobEvents.Reader reader = events.watch(job.id())) {
            assertThat(events.changes(job.id(), position).isEmpty()).isTrue();
            bench.jobs.cancel(job.id(), ANNA);

            assertThat(reader.await(job.revision(), LONG)).isEqualTo(JobEvents.Wake.CHANGED);
            assertThat(events.changes(job.id(), position).targets()).extracting(Job.Target::state)
                    .containsExactly(ActionState.CANCELLED, ActionState.CANCELLED);
        }
    }

    @Test
    void aChangeOfAnotherReplicaIsSeenAsWell() throws InterruptedException {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);
        try (JobEvents.Reader reader = events.watch(job.id())) {
            bench.database.jdbc().sql("update job set revision = revision + 1").update();

            assertThat(reader.await(job.revision(), LONG)).isEqualTo(JobEvents.Wake.CHANGED);
        }
    }

    @Test
    void whoComesBackWithAPositionIsToldTheRestOfThatRevisionAndNothingTwice() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE, TWO);
        JobEvents.Position afterOne = new JobEvents.Position(job.revision(), ONE);

        JobEvents.Changes rest = events.changes(job.id(), afterOne);

        assertThat(rest.targets()).extracting(Job.Target::clientId).containsExactly(TWO);
        assertThat(JobEvents.Position.parse(rest.position().toString())).contains(rest.position());
        assertThat(events.changes(job.id(), rest.position()).isEmpty()).isTrue();
        assertThat(events.changes(job.id(), new JobEvents.Position(0, new UUID(0, 0))).targets()).hasSize(2);
    }

    @Test
    void readersAreLetGoWhenTheServiceEnds() throws InterruptedException {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);
        try (JobEvents.Reader reader = events.watch(job.id())) {
            Thread.ofVirtual().start(events::stop);

            assertThat(reader.await(job.revision(), LONG)).isEqualTo(JobEvents.Wake.SERVICE_STOPS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", ".", "x.y", "1.x", "-",
            "99999999999999999999.00000000-0000-0000-0000-000000000000"})
    void whatIsNoPositionIsNone(String text) {
        assertThat(JobEvents.Position.parse(text)).isEmpty();
    }
}
