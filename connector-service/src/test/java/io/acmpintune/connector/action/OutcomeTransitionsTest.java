package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.acmpintune.connector.graph.ApprovalRequest;
import io.acmpintune.connector.graph.ApprovalSearch;
import io.acmpintune.connector.graph.ApprovalStatus;
import io.acmpintune.connector.graph.DeviceStatus;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTransitionsTest {

    private static final Instant ACCEPTED_AT = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant SENT_AT = ACCEPTED_AT.minusSeconds(2);
    private static final Instant NOW = ACCEPTED_AT.plusSeconds(30);
    private static final Instant APPROVAL_END = ACCEPTED_AT.plus(Duration.ofDays(3));
    private static final FollowUp FOLLOW_UP = new FollowUp(Duration.ofSeconds(5), Duration.ofMinutes(10),
            Duration.ofDays(30));
    private static final Problem PROBLEM = Problem.of(ProblemKind.DEVICE_FAILED, "said so", "Nothing.");

    @Test
    void anAcceptanceIsStoredWithIntunesTimeAndFollowedLater() {
        assertThat(submitted(new Submission.Accepted(ACCEPTED_AT, "r-1"))).isEqualTo(Transition.to(ActionState.ACCEPTED)
                .after(FOLLOW_UP.first())
                .acceptedAt(ACCEPTED_AT)
                .request("r-1"));
    }

    @Test
    void aRefusalIsFinalAndExplained() {
        assertThat(submitted(new Submission.Refused(PROBLEM, "r-1")))
                .isEqualTo(Transition.to(ActionState.REFUSED).because(PROBLEM).request("r-1"));
    }

    @Test
    void anUnsentActionIsQueuedAgain() {
        assertThat(submitted(new Submission.NotSent(Duration.ofSeconds(20), PROBLEM)))
                .isEqualTo(Transition.to(ActionState.QUEUED).after(Duration.ofSeconds(20)).because(PROBLEM));
    }

    @Test
    void aLostAnswerMakesTheActionUncertain() {
        assertThat(submitted(new Submission.Uncertain(PROBLEM, "r-1")))
                .isEqualTo(
                        Transition.to(ActionState.UNCERTAIN).after(FOLLOW_UP.first()).because(PROBLEM).request("r-1"));
    }

    @Test
    void anActionThatRequiresApprovalWaitsForThreeDays() {
        Transition step = submitted(new Submission.ApprovalRequired("c-1", "r-1"));

        assertThat(step.to()).isEqualTo(ActionState.AWAITING_APPROVAL);
        assertThat(step.approval()).isEqualTo(new Approval("c-1", NOW.plus(Duration.ofDays(3))));
    }

    @Test
    void anAcceptedNotificationIsNotFollowed() {
        Transition step = OutcomeTransitions.afterSubmission(ActionKind.SEND_NOTIFICATION,
                new Submission.Accepted(ACCEPTED_AT, null), FOLLOW_UP, NOW);

        assertThat(step.to()).isEqualTo(ActionState.ACCEPTED);
        assertThat(step.pause()).isGreaterThan(Duration.ofDays(10_000));
    }

    // ---- in doubt

    @Test
    void anUncertainSyncWithoutATraceIsSentAgainAfterTheSecondCheck() {
        Transition first = inDoubt(ActionKind.SYNC_DEVICE, 0, seen(null));
        Transition second = inDoubt(ActionKind.SYNC_DEVICE, 1, seen(null));

        assertThat(first.to()).isEqualTo(ActionState.UNCERTAIN);
        assertThat(first.deviceChecked()).isTrue();
        assertThat(second.to()).isEqualTo(ActionState.QUEUED);
        assertThat(second.pause()).isPositive();
    }

    @Test
    void repetitionsOfAnUncertainSyncBackOffExponentially() {
        StoredAction sync = stored(ActionKind.SYNC_DEVICE, ActionState.UNCERTAIN, 1, null);

        assertThat(IntStream.of(1, 2, 3, 9)
                .mapToObj(sends -> OutcomeTransitions
                        .afterDeviceCheck(
                                new StoredAction(sync.action(), sync.impact(), null, 1, sends, sync.expiresAt(),
                                        null),
                                seen(null), FOLLOW_UP, NOW)
                        .pause()))
                .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(80),
                        FOLLOW_UP.longest());
    }

    @Test
    void aRetirePendingDeviceIsNoTraceOfAWipe() {
        for (ManagementState retiring : List.of(ManagementState.RETIRE_PENDING, ManagementState.RETIRE_ISSUED)) {
            assertThat(inDoubt(ActionKind.WIPE, 1, inState(retiring)).to()).isEqualTo(ActionState.NEEDS_DECISION);
            assertThat(inDoubt(ActionKind.RETIRE, 1, inState(retiring)).to()).isEqualTo(ActionState.ACCEPTED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SEND_NOTIFICATION")
    void anUnreadableDeviceDoesNotKeepAnActionInDoubtForMoreThanADay(ActionKind kind) {
        StoredAction uncertain = stored(kind, ActionState.UNCERTAIN, 0, null);
        DeviceStatus unreadable = new DeviceStatus.Unreadable(PROBLEM);
        Instant end = SENT_AT.plus(Duration.ofDays(1));

        Transition before = OutcomeTransitions.afterDeviceCheck(uncertain, unreadable, FOLLOW_UP, end.minusMillis(1));
        Transition after = OutcomeTransitions.afterDeviceCheck(uncertain, unreadable, FOLLOW_UP, end);

        assertThat(before.to()).isEqualTo(ActionState.UNCERTAIN);
        assertThat(after.to()).isEqualTo(kind.isRepeatable() ? ActionState.QUEUED : ActionState.NEEDS_DECISION);
        if (!kind.isRepeatable()) {
            assertThat(after.problem()).isNotNull()
                    .satisfies(problem -> assertThat(problem.detail()).contains("could not be read", "said so"));
        }
    }

    @Test
    void aDeviceThatStaysUnreadableFailsTheActionWithTheReason() {
        Instant end = ACCEPTED_AT.plus(FOLLOW_UP.giveUpAfter()).plusSeconds(1);
        for (ActionState state : List.of(ActionState.ACCEPTED, ActionState.PENDING)) {
            Transition step = OutcomeTransitions.afterDeviceCheck(stored(ActionKind.WIPE, state, 9, ACCEPTED_AT),
                    new DeviceStatus.Unreadable(PROBLEM), FOLLOW_UP, end);

            assertThat(step.to()).isEqualTo(ActionState.FAILED);
            assertThat(step.problem()).isNotNull().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.DEVICE_UNREADABLE);
                assertThat(problem.detail()).contains("said so");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOTE_LOCK", "RETIRE", "WIPE"})
    void anUncertainActionWithoutATraceIsNeverSentAgainWithoutAPerson(ActionKind kind) {
        assertThat(inDoubt(kind, 0, seen(null)).to()).isEqualTo(ActionState.UNCERTAIN);
        assertThat(inDoubt(kind, 1, seen(null)).to()).isEqualTo(ActionState.NEEDS_DECISION);
        assertThat(inDoubt(kind, 9, seen(null)).to()).isEqualTo(ActionState.NEEDS_DECISION);
    }

    @Test
    void anUncertainNotificationNeedsAPersonAtOnce() {
        assertThat(OutcomeTransitions.untraceable().to()).isEqualTo(ActionState.NEEDS_DECISION);
    }

    @Test
    void anyTraceOfTheActionEndsTheDoubt() {
        assertThat(inDoubt(ActionKind.SYNC_DEVICE, 0, seen(SENT_AT.plusSeconds(9))).to())
                .isEqualTo(ActionState.ACCEPTED);
        assertThat(inDoubt(ActionKind.REMOTE_LOCK, 0,
                seen(null, result("remoteLock", ActionResultState.PENDING, SENT_AT))).to())
                .isEqualTo(ActionState.ACCEPTED);
        assertThat(inDoubt(ActionKind.WIPE, 1, inState(ManagementState.WIPE_PENDING)).to())
                .isEqualTo(ActionState.ACCEPTED);
        assertThat(inDoubt(ActionKind.RETIRE, 1, new DeviceStatus.Gone()).to()).isEqualTo(ActionState.ACCEPTED);
    }

    @Test
    void aDeviceThatLeftIntuneEndsTheDoubtAboutALock() {
        assertThat(inDoubt(ActionKind.REMOTE_LOCK, 0, new DeviceStatus.Gone()).to()).isEqualTo(ActionState.FAILED);
    }

    @Test
    void aFailedReadDoesNotCountAsACheck() {
        Transition step = inDoubt(ActionKind.WIPE, 1, new DeviceStatus.Unreadable(PROBLEM));

        assertThat(step.to()).isEqualTo(ActionState.UNCERTAIN);
        assertThat(step.deviceChecked()).isFalse();
    }

    // ---- approvals

    @Test
    void anApprovedActionIsSent() {
        assertThat(approval(new ApprovalStatus.Approved("fine"), NOW)).isEqualTo(
                Transition.to(ActionState.SENDING).withNote("approved in Intune: fine"));
    }

    @Test
    void aRejectedOrCancelledApprovalRefusesTheActionAndSaysWhy() {
        Transition rejected = approval(new ApprovalStatus.Rejected("no wipes today"), NOW);
        assertThat(rejected.to()).isEqualTo(ActionState.REFUSED);
        assertThat(rejected.problem()).isNotNull()
                .satisfies(problem -> assertThat(problem.detail()).contains("no wipes today"));
        assertThat(approval(new ApprovalStatus.Cancelled(), NOW).to()).isEqualTo(ActionState.REFUSED);
    }

    @Test
    void anApprovalExpiresWhenIntuneSaysSoOrItsTimeIsUp() {
        assertThat(approval(new ApprovalStatus.Expired(), NOW).to()).isEqualTo(ActionState.EXPIRED);
        for (ApprovalStatus undecided : List.of(new ApprovalStatus.Waiting(), new ApprovalStatus.Unreadable(PROBLEM))) {
            assertThat(approval(undecided, APPROVAL_END.minusMillis(1)).to()).isEqualTo(ActionState.AWAITING_APPROVAL);
            assertThat(approval(undecided, APPROVAL_END).to()).isEqualTo(ActionState.EXPIRED);
        }
    }

    @Test
    void anUnreadableApprovalIsNotReportedAsMissing() {
        assertThat(approval(new ApprovalStatus.Unreadable(PROBLEM), APPROVAL_END).problem()).isNotNull()
                .satisfies(problem -> assertThat(problem.detail()).contains("could not be read", "said so")
                        .doesNotContain("Nobody"));
        assertThat(approval(new ApprovalStatus.Waiting(), APPROVAL_END).problem()).isNotNull()
                .satisfies(problem -> assertThat(problem.detail()).contains("was not approved"));
    }

    @Test
    void anActionExecutedAfterItsApprovalIsFollowed() {
        assertThat(approval(new ApprovalStatus.Completed(), NOW).to()).isEqualTo(ActionState.ACCEPTED);
    }

    @Test
    void aLostAnswerIsFoundAmongTheApprovalRequests() {
        StoredAction wipe = stored(ActionKind.WIPE, ActionState.UNCERTAIN, 1, null);
        for (ApprovalStatus look : List.of(new ApprovalStatus.Waiting(), new ApprovalStatus.Approved(null),
                new ApprovalStatus.Rejected(null), new ApprovalStatus.Expired())) {
            Transition step = ApprovalTransitions.afterFound(wipe, new ApprovalRequest("c-7", look), FOLLOW_UP, NOW);
            assertThat(step.to()).isEqualTo(ActionState.AWAITING_APPROVAL);
            assertThat(step.approval()).isEqualTo(new Approval("c-7", SENT_AT.plus(Duration.ofDays(3))));
        }
        assertThat(ApprovalTransitions.afterFound(wipe, new ApprovalRequest("c-7", new ApprovalStatus.Completed()),
                FOLLOW_UP, NOW).to()).isEqualTo(ActionState.ACCEPTED);
    }

    @Test
    void aPersonDecidesOnlyAfterTheApprovalRequestsWereReadOrADayHasPassed() {
        StoredAction wipe = stored(ActionKind.WIPE, ActionState.UNCERTAIN, 1, null);
        Transition ask = inDoubt(ActionKind.WIPE, 1, seen(null));
        ApprovalSearch unread = new ApprovalSearch.Unreadable(PROBLEM);

        Transition wait = ApprovalTransitions.afterSearch(wipe, ask, unread, FOLLOW_UP, NOW);
        assertThat(wait.to()).isEqualTo(ActionState.UNCERTAIN);
        assertThat(wait.deviceChecked()).isFalse();
        assertThat(wait.pause()).isPositive();
        assertThat(ApprovalTransitions.afterSearch(wipe, ask, unread, FOLLOW_UP, SENT_AT.plus(Duration.ofDays(1))))
                .isEqualTo(ask);
        assertThat(ApprovalTransitions.afterSearch(wipe, ask, new ApprovalSearch.None(), FOLLOW_UP, NOW))
                .isEqualTo(ask);
    }

    // ---- outcomes

    @ParameterizedTest
    @EnumSource(names = {"RETIRE", "WIPE"})
    void aDeviceThatLeftIntuneCompletesARetireAndAWipe(ActionKind kind) {
        assertThat(look(kind, new DeviceStatus.Gone()).to()).isEqualTo(ActionState.DONE);
    }

    @Test
    void aLockIsDoneWhenIntuneSaysSo() {
        assertThat(look(ActionKind.REMOTE_LOCK, seen(null, result("remoteLock", ActionResultState.DONE, ACCEPTED_AT)))
                .to()).isEqualTo(ActionState.DONE);
    }

    @Test
    void aLeavingDeviceKeepsItsRetirePending() {
        for (ManagementState leaving : List.of(ManagementState.RETIRE_ISSUED, ManagementState.RETIRE_PENDING)) {
            assertThat(look(ActionKind.RETIRE, inState(leaving)).to()).isEqualTo(ActionState.PENDING);
        }
    }

    @Test
    void aFailedStateCountsOnlyAfterIntuneHadTimeToReplaceTheOldOne() {
        DeviceStatus failed = inState(ManagementState.WIPE_FAILED);
        StoredAction wipe = stored(ActionKind.WIPE, ActionState.PENDING, 0, ACCEPTED_AT);

        assertThat(OutcomeTransitions.afterDeviceCheck(wipe, failed, FOLLOW_UP, ACCEPTED_AT.plusSeconds(119)).to())
                .isEqualTo(ActionState.PENDING);
        assertThat(OutcomeTransitions.afterDeviceCheck(wipe, failed, FOLLOW_UP, ACCEPTED_AT.plusSeconds(121)).to())
                .isEqualTo(ActionState.FAILED);
    }

    @Test
    void theFailureOfARetireIsNotTheFailureOfAWipe() {
        assertThat(look(ActionKind.WIPE, inState(ManagementState.RETIRE_FAILED)).to()).isEqualTo(ActionState.PENDING);
    }

    @Test
    void theResultOfThePreviousLockIsIgnored() {
        StoredAction lock = new StoredAction(stored(ActionKind.REMOTE_LOCK, ActionState.ACCEPTED, 0, ACCEPTED_AT)
                .action(), Impact.DISRUPTIVE, ACCEPTED_AT, 0, 1, ACCEPTED_AT, ACCEPTED_AT.minusSeconds(60));

        assertThat(OutcomeTransitions.afterDeviceCheck(lock,
                seen(null, result("remoteLock", ActionResultState.DONE, ACCEPTED_AT.minusMillis(59_100))), FOLLOW_UP,
                NOW)
                .to()).isEqualTo(ActionState.PENDING);
    }

    @Test
    void aDeviceThatIsSilentForTooLongFailsTheAction() {
        Transition step = OutcomeTransitions.afterDeviceCheck(
                stored(ActionKind.WIPE, ActionState.PENDING, 50, ACCEPTED_AT),
                inState(ManagementState.WIPE_PENDING), FOLLOW_UP,
                ACCEPTED_AT.plus(FOLLOW_UP.giveUpAfter()).plusSeconds(1));

        assertThat(step.to()).isEqualTo(ActionState.FAILED);
        assertThat(step.problem()).extracting(Problem::kind).isEqualTo(ProblemKind.DEVICE_SILENT);
    }

    @Test
    void aCheckInAfterTheAcceptanceProvesASync() {
        Transition step = look(seen(ACCEPTED_AT.plusSeconds(30)));

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
    void aFailureReportedByIntuneFailsTheAction() {
        for (ActionResultState state : List.of(ActionResultState.FAILED, ActionResultState.CANCELED)) {
            Transition step = look(seen(null, result("syncDevice", state, ACCEPTED_AT)));
            assertThat(step.to()).isEqualTo(ActionState.FAILED);
            assertThat(step.problem()).extracting(Problem::kind).isEqualTo(ProblemKind.DEVICE_FAILED);
        }
    }

    @Test
    void anUnsupportedActionReportedByIntuneIsNotSupported() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.NOT_SUPPORTED, ACCEPTED_AT))).to())
                .isEqualTo(ActionState.NOT_SUPPORTED);
    }

    @Test
    void aReportSlightlyBeforeTheAcceptanceCountsBecauseClocksDiffer() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT.minusSeconds(119))))
                .to()).isEqualTo(ActionState.FAILED);
    }

    @Test
    void aReportOfAnEarlierActionIsIgnored() {
        assertThat(look(seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT.minusSeconds(121))))
                .to()).isEqualTo(ActionState.PENDING);
    }

    @Test
    void aReportOfAnotherKindOfActionIsIgnored() {
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
    void aDeviceThatLeftIntuneFailsOtherActions() {
        Transition step = look(new DeviceStatus.Gone());

        assertThat(step.to()).isEqualTo(ActionState.FAILED);
        assertThat(step.problem()).extracting(Problem::kind).isEqualTo(ProblemKind.DEVICE_GONE);
    }

    @Test
    void aFailedReadDecidesNothing() {
        for (ActionState state : List.of(ActionState.ACCEPTED, ActionState.PENDING)) {
            Transition step = OutcomeTransitions.afterDeviceCheck(stored(ActionKind.SYNC_DEVICE, state, 0, ACCEPTED_AT),
                    new DeviceStatus.Unreadable(PROBLEM), FOLLOW_UP, NOW);
            assertThat(step.to()).isEqualTo(state);
            assertThat(step.pause()).isPositive();
        }
    }

    @Test
    void checksBackOffExponentiallyUpToTheLimit() {
        assertThat(IntStream.of(0, 1, 2, 5, 6, 1_000)
                .mapToObj(looks -> OutcomeTransitions.afterDeviceCheck(
                        stored(ActionKind.SYNC_DEVICE, ActionState.PENDING, looks, ACCEPTED_AT), seen(null),
                        FOLLOW_UP, NOW).pause()))
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40),
                        Duration.ofSeconds(320), FOLLOW_UP.longest(), FOLLOW_UP.longest());
    }

    @Test
    void everyDecisionIsAnAllowedTransition() {
        for (Submission answer : List.of(new Submission.Accepted(ACCEPTED_AT, null),
                new Submission.ApprovalRequired("c", null), new Submission.Refused(PROBLEM, null),
                new Submission.NotSent(Duration.ZERO, PROBLEM), new Submission.Uncertain(PROBLEM, null))) {
            assertThat(ActionTransitions.from(ActionState.SENDING)).contains(submitted(answer).to());
        }
        for (DeviceStatus look : List.of(new DeviceStatus.Gone(), seen(null), seen(ACCEPTED_AT),
                seen(null, result("syncDevice", ActionResultState.FAILED, ACCEPTED_AT)))) {
            assertThat(ActionTransitions.from(ActionState.ACCEPTED)).contains(look(look).to());
        }
    }

    private static Transition submitted(Submission submission) {
        return OutcomeTransitions.afterSubmission(ActionKind.SYNC_DEVICE, submission, FOLLOW_UP, NOW);
    }

    private static Transition look(DeviceStatus look) {
        return look(ActionKind.SYNC_DEVICE, look);
    }

    private static Transition look(ActionKind kind, DeviceStatus look) {
        return OutcomeTransitions.afterDeviceCheck(stored(kind, ActionState.ACCEPTED, 0, ACCEPTED_AT), look, FOLLOW_UP,
                NOW);
    }

    private static Transition inDoubt(ActionKind kind, int looks, DeviceStatus look) {
        return OutcomeTransitions.afterDeviceCheck(stored(kind, ActionState.UNCERTAIN, looks, null), look, FOLLOW_UP,
                NOW);
    }

    private static Transition approval(ApprovalStatus look, Instant now) {
        StoredAction wipe = stored(ActionKind.RETIRE, ActionState.AWAITING_APPROVAL, 0, null);
        return ApprovalTransitions.afterStatus(wipe, look, FOLLOW_UP, now);
    }

    private static DeviceStatus.Present seen(@Nullable Instant lastSync, DeviceActionResult... results) {
        return new DeviceStatus.Present(ManagementState.MANAGED, lastSync, List.of(results));
    }

    private static DeviceStatus.Present inState(ManagementState state) {
        return new DeviceStatus.Present(state, null, List.of());
    }

    private static DeviceActionResult result(String name, ActionResultState state, Instant start) {
        return new DeviceActionResult(name, state, start, start, null, null);
    }

    private static StoredAction stored(ActionKind kind, ActionState state, int looks, @Nullable Instant acceptedAt) {
        WipeOptions wipe = kind == ActionKind.WIPE ? new WipeOptions(false, false, true, null) : null;
        return new StoredAction(new DeviceAction(UUID.randomUUID(), 1,
                new ActionCommand(kind, new DeviceId("d-1"), "someone", null, null, wipe, null), state,
                ACCEPTED_AT.minusSeconds(60), SENT_AT, ACCEPTED_AT, new Approval("c-1", APPROVAL_END), null),
                Impact.greatest(kind), acceptedAt, looks, 1, ACCEPTED_AT.plusSeconds(3_600), null);
    }
}
