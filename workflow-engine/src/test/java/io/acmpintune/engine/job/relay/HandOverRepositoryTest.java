package io.acmpintune.engine.job.relay;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.acmpintune.engine.job.HandOverStage;
import io.acmpintune.engine.job.HandOverStage.Event;
import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;

/** The statements that move targets, against the transition function of their stages. */
class HandOverRepositoryTest {

    private static final UUID ACTION = new UUID(7, 7);
    private static final Problem REASON = Problem.of(ProblemKind.UNKNOWN_DEVICE, "There is none.", "Choose another.");

    private final RelayBench bench = new RelayBench();
    private final HandOverRepository rows = bench.handOverRows;

    static Stream<Arguments> pairs() {
        return Stream.of(HandOverStage.values())
                .flatMap(stage -> Stream.of(Event.values()).map(event -> Arguments.of(stage, event)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aStatementMovesATargetExactlyAsItsStageAllows(HandOverStage stage, Event event) {
        bench.client(ONE, "device-1");
        Job job = bench.start(QueryAction.REMOTE_LOCK, ONE);
        put(job, stage);

        happens(job, event);

        assertThat(stage(job)).isEqualTo(stage.after(event).orElse(stage));
    }

    @Test
    void aClaimedOrDeferredSynchronizationIsSentAgainAfterTheFeedWasReplaced() {
        bench.client(ONE, "device-1");
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);

        put(job, HandOverStage.CLAIMED);
        assertThat(rows.markLost(TestWorkflows.NAME)).isZero();
        put(job, HandOverStage.DEFERRED);
        assertThat(rows.markLost(TestWorkflows.NAME)).isZero();
        put(job, HandOverStage.HANDED_OVER);
        assertThat(rows.markLost(TestWorkflows.NAME)).isEqualTo(1);
    }

    @Test
    void aDeferredTargetIsNotClaimedBeforeItsTime() {
        bench.client(ONE, "device-1");
        Job job = bench.start(QueryAction.REMOTE_LOCK, ONE);
        put(job, HandOverStage.DEFERRED);
        Instant until = bench.clock.instant().plusSeconds(60);
        rows.delay(List.of(new Answer.Deferred(target(job), REASON, until)));

        assertThat(rows.jobsWithDeferred(TestWorkflows.NAME, until.minusMillis(1), 10)).isEmpty();
        assertThat(rows.claimDeferred(job.id(), 10, until.minusMillis(1))).isEmpty();
        assertThat(bench.target(job, ONE).problem()).isEqualTo(REASON);

        assertThat(rows.jobsWithDeferred(TestWorkflows.NAME, until, 10)).containsExactly(job.id());
        assertThat(rows.claimDeferred(job.id(), 10, until)).hasSize(1);
        assertThat(bench.target(job, ONE).problem()).isNull();
    }

    @Test
    void targetsAreSentInTheOrderOfTheirFirstClaims() {
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
        Job job = bench.start(QueryAction.REMOTE_LOCK, ONE, TWO);
        Instant now = bench.clock.instant();
        assertThat(rows.claim(job.id(), Impact.DISRUPTIVE, 1, now)).extracting(claim -> claim.key().clientId())
                .containsExactly(ONE);
        rows.claim(job.id(), Impact.DISRUPTIVE, 1, now.plusSeconds(1));
        rows.defer(List.of(new TargetKey(job.id(), ONE)));
        rows.claimDeferred(job.id(), 10, now.plus(Duration.ofMinutes(1)));

        assertThat(rows.claimed(TestWorkflows.NAME, 10)).extracting(target -> target.key().clientId())
                .containsExactly(ONE, TWO);
    }

    private void happens(Job job, Event event) {
        TargetKey key = new TargetKey(job.id(), ONE);
        switch (event) {
            case CLAIMED -> {
                rows.claim(job.id(), Impact.DISRUPTIVE, 1, bench.clock.instant());
                rows.claimDeferred(job.id(), 10, bench.clock.instant());
            }
            case NOT_SENT -> rows.defer(List.of(key));
            case ACCEPTED ->
                rows.accept(List.of(new Answer.Accepted(target(job), action(new UUID(8, 8), ActionState.QUEUED))));
            case REFUSED -> rows.close(key, ActionState.REFUSED, REASON, bench.clock.instant());
            case CANCELLED -> bench.lifecycle.cancelUnclaimed(
                    new HeldJob(job.id(), job.workflow(), job.queryAction(), job.impact(), JobState.CANCELLED,
                            job.expiresAt(), null));
            case EXPIRED -> rows.expire(job.id(), REASON, bench.clock.instant());
            case REPORTED_OPEN -> rows.report(List.of(action(ACTION, ActionState.SENDING)));
            case REPORTED_CLOSED -> rows.report(List.of(action(ACTION, ActionState.DONE)));
            case FEED_REPLACED -> rows.markLost(job.workflow());
            case GIVEN_UP -> rows.giveUp(job.id(), bench.clock.instant());
        }
    }

    private static ClaimedTarget target(Job job) {
        return new ClaimedTarget(new TargetKey(job.id(), ONE), new DeviceId("device-1"),
                new ExpectedDevice(null, null, null, null), QueryAction.REMOTE_LOCK, "anna", null, job.expiresAt(),
                JobParameters.NONE, null);
    }

    private static DeviceAction action(UUID id, ActionState state) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z");
        return new DeviceAction(id, 1, new ActionCommand(ActionKind.REMOTE_LOCK, new DeviceId("device-1"), "anna"),
                state, at, null, at, null, null);
    }

    private void put(Job job, HandOverStage stage) {
        bench.database.jdbc()
                .sql("""
                        update job_target set stage = :stage, state = :state, action = :action,
                            claimed_at = case when :stage <> 'UNCLAIMED' then now() end
                        where job = :job
                        """)
                .param("stage", stage.name())
                .param("state", stage == HandOverStage.CLOSED ? "ACCEPTED" : "QUEUED")
                .param("action", action(stage), Types.OTHER)
                .param("job", job.id())
                .update();
    }

    private static @Nullable UUID action(HandOverStage stage) {
        return switch (stage) {
            case UNCLAIMED, CLAIMED, DEFERRED -> null;
            case HANDED_OVER, LOST, CLOSED -> ACTION;
        };
    }

    private HandOverStage stage(Job job) {
        return HandOverStage.valueOf(bench.database.jdbc()
                .sql("select stage from job_target where job = :job")
                .param("job", job.id())
                .query(String.class)
                .single());
    }
}
