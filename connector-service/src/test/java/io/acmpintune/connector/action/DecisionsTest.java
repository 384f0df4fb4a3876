package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.connector.graph.DeviceLook;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionsTest {

    private static final Instant ACCEPTED_AT = Instant.parse("2026-11-20T12:00:00Z");
    private static final FollowUp FOLLOW_UP = new FollowUp(Duration.ofSeconds(5), Duration.ofMinutes(10));
    private static final Problem PROBLEM = Problem.of("test", "Test", 0, "said so", "Nothing.");

    @Test
    void anAcceptanceIsKeptWithIntunesTimeAndFollowedAfterAWhile() {
        assertThat(Decisions.afterSubmission(new Submission.Accepted(ACCEPTED_AT, "r-1"), FOLLOW_UP)).isEqualTo(
                new Step(ActionState.ACCEPTED, FOLLOW_UP.first(), ACCEPTED_AT, null, "request id r-1"));
    }

    @Test
    void aRefusalIsFinalAndExplained() {
        assertThat(Decisions.afterSubmission(new Submission.Refused(PROBLEM), FOLLOW_UP))
                .isEqualTo(new Step(ActionState.REFUSED, Duration.ZERO, null, PROBLEM, null));
    }

    @Test
    void whatWasNotSentIsQueuedAgainForLater() {
        assertThat(Decisions.afterSubmission(new Submission.NotSent(Duration.ofSeconds(20), PROBLEM), FOLLOW_UP))
                .isEqualTo(new Step(ActionState.QUEUED, Duration.ofSeconds(20), null, PROBLEM, null));
    }

    @Test
    void aLostAnswerMakesTheActionUncertain() {
        assertThat(Decisions.afterSubmission(new Submission.Uncertain(PROBLEM), FOLLOW_UP))
                .isEqualTo(new Step(ActionState.UNCERTAIN, FOLLOW_UP.first(), null, PROBLEM, null));
    }

    @Test
    void anUncertainSyncIsSentAgainBecauseItIsHarmlessTwice() {
        assertThat(Decisions.afterUncertainty(ActionKind.SYNC_DEVICE).to()).isEqualTo(ActionState.QUEUED);
    }

    @Test
    void aCheckInAfterTheAcceptanceIsTheProofOfASync() {
        Step step = look(seen(ACCEPTED_AT.plusSeconds(30)));

        assertThat(step.to()).isEqualTo(ActionState.DONE);
        assertThat(step.note()).isEqualTo("checked in at 2026-11-20T12:00:30Z");
    }

    @Test
    void aCheckInBeforeTheAcceptanceProvesNothing() {
        assertThat(look(seen(ACCEPTED_AT.minusSeconds(1))).to()).isEqualTo(ActionState.PENDING);
        assertThat(look(seen(null)).to()).isEqualTo(ActionState.PENDING);
    }

    @Test
    void aCheckInInTheVerySecondOfTheAcceptanceCounts() {
        assertThat(look(seen(ACCEPTED_AT)).to()).isEqualTo(ActionState.DONE);
    }

    @Test
    void intunesReportOfAFailureIsTaken() {
        for (ActionResultState state : List.of(ActionResultState.FAILED, ActionResultState.CANCELED)) {
            Step step = look(seen(null, result("syncDevice", state, ACCEPTED_AT)));
            assertThat(step.to()).isEqualTo(ActionState.FAILED);
            assertThat(step.problem()).extracting(Problem::kind).isEqualTo("device-failed");
        }
    }

    @Test
    void intunesReportThatTheDeviceCannotIsTaken() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.NOT_SUPPORTED, ACCEPTED_AT))).to())
                .isEqualTo(ActionState.NOT_SUPPORTED);
    }

    @Test
    void aReportThatStartedALittleBeforeTheAcceptanceIsOursBecauseClocksDiffer() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT.minusSeconds(119))))
                .to()).isEqualTo(ActionState.FAILED);
    }

    @Test
    void aReportOfAnEarlierActionIsNotOurs() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT.minusSeconds(121))))
                .to()).isEqualTo(ActionState.PENDING);
    }

    @Test
    void aReportOfAnotherKindOfActionIsNotOurs() {
        assertThat(look(seen(null, result("remoteLock", ActionResultState.FAILED, ACCEPTED_AT))).to())
                .isEqualTo(ActionState.PENDING);
    }

    @Test
    void anUnfinishedReportKeepsTheActionPending() {
        for (ActionResultState state : List.of(ActionResultState.NONE, ActionResultState.PENDING,
                ActionResultState.ACTIVE, ActionResultState.DONE, new ActionResultState("startedTomorrow"))) {
            assertThat(look(seen(null, result("syncDevice", state, ACCEPTED_AT))).to()).as(state.value())
                    .isEqualTo(ActionState.PENDING);
        }
    }

    @Test
    void aCheckInOutweighsAReportedFailure() {
        assertThat(look(seen(ACCEPTED_AT.plusSeconds(1), result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT)))
                .to()).isEqualTo(ActionState.DONE);
    }

    @Test
    void aDeviceThatLeftIntuneCannotAnswer() {
        Step step = look(new DeviceLook.Gone());

        assertThat(step.to()).isEqualTo(ActionState.FAILED);
        assertThat(step.problem()).extracting(Problem::kind).isEqualTo("device-gone");
    }

    @Test
    void aLookThatFailsDecidesNothing() {
        for (ActionState state : List.of(ActionState.ACCEPTED, ActionState.PENDING)) {
            Step step = Decisions.afterLook(stored(state, 0), new DeviceLook.Unknown(PROBLEM), FOLLOW_UP);
            assertThat(step.to()).isEqualTo(state);
            assertThat(step.pause()).isPositive();
        }
    }

    @Test
    void everyLookWaitsTwiceAsLongAsTheOneBeforeUpToTheLimit() {
        assertThat(IntStream.of(0, 1, 2, 5, 6, 1_000)
                .mapToObj(looks -> Decisions.afterLook(stored(ActionState.PENDING, looks), seen(null), FOLLOW_UP)
                        .pause()))
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40),
                        Duration.ofSeconds(320), FOLLOW_UP.atMost(), FOLLOW_UP.atMost());
    }

    @Test
    void everyStepIsAMoveThatTheTableAllows() {
        for (Submission answer : List.of(new Submission.Accepted(ACCEPTED_AT, null), new Submission.Refused(PROBLEM),
                new Submission.NotSent(Duration.ZERO, PROBLEM), new Submission.Uncertain(PROBLEM))) {
            assertThat(ActionTransitions.from(ActionState.SENDING))
                    .contains(Decisions.afterSubmission(answer, FOLLOW_UP).to());
        }
        for (DeviceLook look : List.of(new DeviceLook.Gone(), seen(null), seen(ACCEPTED_AT),
                seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT)))) {
            assertThat(ActionTransitions.from(ActionState.ACCEPTED)).contains(look(look).to());
        }
    }

    private static Step look(DeviceLook look) {
        return Decisions.afterLook(stored(ActionState.ACCEPTED, 0), look, FOLLOW_UP);
    }

    private static DeviceLook.Seen seen(@Nullable Instant lastSync, DeviceActionResult... results) {
        return new DeviceLook.Seen(ManagementState.MANAGED, lastSync, List.of(results));
    }

    private static DeviceActionResult result(String name, ActionResultState state, Instant start) {
        return new DeviceActionResult(name, state, start, start, null, null);
    }

    private static StoredAction stored(ActionState state, int looks) {
        return new StoredAction(new DeviceAction(UUID.randomUUID(), 1,
                new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId("d-1"), "someone"), state,
                ACCEPTED_AT.minusSeconds(60), ACCEPTED_AT.minusSeconds(2), ACCEPTED_AT, null), ACCEPTED_AT, looks);
    }
}
