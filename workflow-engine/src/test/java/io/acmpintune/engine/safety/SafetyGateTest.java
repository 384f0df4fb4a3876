package io.acmpintune.engine.safety;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.safety.SafetyGate.Admission;
import io.acmpintune.engine.safety.SafetyGate.Clearance;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.engine.safety.SafetyBench.ADMINISTRATOR;
import static io.acmpintune.engine.safety.SafetyBench.APPROVER;
import static io.acmpintune.engine.safety.SafetyBench.OPERATOR;
import static io.acmpintune.engine.safety.SafetyBench.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What passes, on a real database, also where several ask at once. */
class SafetyGateTest {

    private final SafetyBench engine = new SafetyBench();

    // ---- the threshold

    @Test
    void anIdentityReachesItsThresholdWithoutASecondPersonAndNotOneMore() {
        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.WIPE, "token:other", 1)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.RETIRE, "token:acmp", 10)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.RETIRE, "token:acmp", 1)).isInstanceOf(Admission.NeedsApproval.class);
    }

    @Test
    void whatWaitedForAnApprovalDoesNotCountAndWhatIsADayOldNeither() {
        assertThat(admit(ActionKind.WIPE, "token:acmp", 5)).isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.Free.class);

        engine.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.NeedsApproval.class);
        engine.clock.advance(Duration.ofSeconds(1));
        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.Free.class);
    }

    @Test
    void aPreviewAnswersTheSameAndLeavesNoTrace() {
        for (int i = 0; i < 2; i++) {
            assertThat(engine.gate.preview(SafetyBench.order(UUID.randomUUID(), ActionKind.WIPE, "token:acmp", 1)))
                    .isInstanceOf(Admission.Free.class);
        }
        assertThat(engine.gate.preview(SafetyBench.order(UUID.randomUUID(), ActionKind.WIPE, "token:acmp", 2)))
                .isInstanceOf(Admission.NeedsApproval.class);
        assertThat(engine.audited()).isEmpty();
    }

    @Test
    void whatIsHarmlessIsLetIn() {
        assertThat(admit(ActionKind.SYNC_DEVICE, "token:acmp", 10_000)).isInstanceOf(Admission.Free.class);
        assertThat(engine.clear(UUID.randomUUID(), ActionKind.SYNC_DEVICE, 500)).isEqualTo(new Clearance.Go(500));
    }

    @Test
    void locksOfMacsHaveLimitsOfTheirOwn() {
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:acmp", new Affected(0, 20, 10)))
                .isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:acmp", new Affected(0, 1, 0)))
                .isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:acmp", new Affected(0, 0, 1)))
                .isInstanceOfSatisfying(Admission.NeedsApproval.class,
                        approval -> assertThat(approval.reason()).contains("of 1 Mac, after 10 by the same identity"));
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:other", new Affected(0, 0, 116)))
                .isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:other", new Affected(0, 5, 11)))
                .as("an order is judged by its Macs")
                .isInstanceOf(Admission.NeedsApproval.class);
    }

    @Test
    void notificationsNeedAnApprovalAboveTheirThreshold() {
        assertThat(admit(ActionKind.SEND_NOTIFICATION, "token:acmp", 20)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.SEND_NOTIFICATION, "token:acmp", 1)).isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.REMOTE_LOCK, "token:acmp", new Affected(0, 20, 0)))
                .as("each kind has its own")
                .isInstanceOf(Admission.Free.class);
    }

    @Test
    void ordersOverSicsNeedAnApprovalAboveASmallThreshold() {
        assertThat(admit(ActionKind.RETIRE, SafetyGate.SICS, 1)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.RETIRE, SafetyGate.SICS, 1)).isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.SEND_NOTIFICATION, SafetyGate.SICS, 5)).isInstanceOf(Admission.Free.class);
        assertThat(admit(ActionKind.SEND_NOTIFICATION, SafetyGate.SICS, 1))
                .isInstanceOf(Admission.NeedsApproval.class);
        assertThat(admit(ActionKind.SYNC_DEVICE, SafetyGate.SICS, 10_000)).isInstanceOf(Admission.Free.class);
    }

    @Test
    void destructiveOrdersAndLargeDisruptiveOnesMustBeConfirmed() {
        assertThat(engine.gate.needsConfirmation(new Affected(10_000, 0, 0))).isFalse();
        assertThat(engine.gate.needsConfirmation(new Affected(0, 20, 0))).isFalse();
        assertThat(engine.gate.needsConfirmation(new Affected(0, 21, 0))).isTrue();
        assertThat(engine.gate.needsConfirmation(new Affected(0, 0, 1))).isTrue();
    }

    @Test
    void ofTwoOrdersOfOneIdentityAtOnceOnlyOneIsFree() throws Exception {
        List<Admission> answers = atOnce(8, () -> admit(ActionKind.WIPE, "token:acmp", 1));

        assertThat(answers).filteredOn(Admission.Free.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Admission.NeedsApproval.class::isInstance).hasSize(7);
    }

    @Test
    void whatRollsBackDoesNotCountAndIsNotInTheAudit() {
        assertThatThrownBy(() -> engine.database.transactions().executeWithoutResult(_ -> {
            engine.gate.admit(SafetyBench.order(UUID.randomUUID(), ActionKind.WIPE, "token:acmp", 1));
            throw new IllegalArgumentException("the job could not be stored");
        })).isInstanceOf(IllegalArgumentException.class);

        assertThat(admit(ActionKind.WIPE, "token:acmp", 1)).isInstanceOf(Admission.Free.class);
        assertThatThrownBy(() -> engine.gate.admit(SafetyBench.order(UUID.randomUUID(), ActionKind.WIPE, "x", 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    // ---- the caps

    @Test
    void onlyWhatWasLetInIsHandedOver() {
        UUID waiting = UUID.randomUUID();
        engine.admit(waiting, ActionKind.WIPE, "token:acmp", 3);
        UUID free = UUID.randomUUID();
        engine.admit(free, ActionKind.WIPE, "token:acmp", 1);

        assertThat(reason(engine.clear(UUID.randomUUID(), ActionKind.WIPE, 1)))
                .isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(reason(engine.clear(waiting, ActionKind.WIPE, 3)))
                .isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(reason(engine.clear(free, ActionKind.RETIRE, 1)))
                .isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(reason(engine.clear(free, ActionKind.WIPE, 2))).isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(engine.clear(free, ActionKind.WIPE, 1)).isEqualTo(new Clearance.Go(1));
        assertThat(reason(engine.clear(free, ActionKind.WIPE, 1))).isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(engine.clear(free, ActionKind.WIPE, 0)).isEqualTo(new Clearance.Go(0));
        engine.approvals.decide(waiting, true, null, APPROVER);
        assertThat(engine.clear(waiting, ActionKind.WIPE, 3)).isEqualTo(new Clearance.Go(3));
    }

    @Test
    void moreThanTheCapLocksTheWorkflowAndTellsEverybody() {
        UUID job = engine.approved(ActionKind.WIPE, 15);
        UUID retire = engine.approved(ActionKind.RETIRE, 1);

        assertThat(engine.clear(job, ActionKind.WIPE, 15)).isEqualTo(new Clearance.Go(10));

        assertThat(reason(engine.clear(job, ActionKind.WIPE, 5))).isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(engine.clear(job, ActionKind.WIPE, 5)).isEqualTo(engine.clear(job, ActionKind.WIPE, 5));
        assertThat(reason(engine.clear(retire, ActionKind.RETIRE, 1)))
                .isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(admit(ActionKind.WIPE, "token:new", 1)).isInstanceOf(Admission.Refused.class);
        assertThat(engine.locks.all()).singleElement().satisfies(lock -> {
            assertThat(lock.workflow()).isEqualTo(WORKFLOW);
            assertThat(lock.lockedBy()).isEqualTo(ActionKind.WIPE);
        });
        assertThat(engine.audited()).filteredOn("CAP_REACHED"::equals).hasSize(1);
        assertThat(engine.webhooks()).filteredOn("CAP_REACHED"::equals).hasSize(1);
        assertThat(engine.handedOver(null)).isEqualTo(10);
    }

    @Test
    void macsAndOtherDevicesOfOneOrderAreClearedApart() {
        UUID job = UUID.randomUUID();
        engine.admit(job, ActionKind.REMOTE_LOCK, "token:acmp", new Affected(0, 3, 2));

        assertThat(reason(engine.clear(job, ActionKind.REMOTE_LOCK, Impact.DESTRUCTIVE, 3)))
                .isEqualTo(ProblemKind.ORDER_NOT_ADMITTED.text());
        assertThat(engine.clear(job, ActionKind.REMOTE_LOCK, Impact.DESTRUCTIVE, 2)).isEqualTo(new Clearance.Go(2));
        assertThat(engine.clear(job, ActionKind.REMOTE_LOCK, Impact.DISRUPTIVE, 3)).isEqualTo(new Clearance.Go(3));
    }

    @Test
    void aDisruptiveCapLocksTheWorkflowAndLetsHarmlessActionsPass() {
        UUID job = engine.approved(ActionKind.SEND_NOTIFICATION, 201);
        UUID wipe = engine.approved(ActionKind.WIPE, 1);

        assertThat(engine.clear(job, ActionKind.SEND_NOTIFICATION, 201)).isEqualTo(new Clearance.Go(200));

        assertThat(reason(engine.clear(job, ActionKind.SEND_NOTIFICATION, 1)))
                .isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(reason(engine.clear(wipe, ActionKind.WIPE, 1))).isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(engine.clear(UUID.randomUUID(), ActionKind.SYNC_DEVICE, 1)).isEqualTo(new Clearance.Go(1));
        assertThat(engine.webhooks()).filteredOn("CAP_REACHED"::equals).hasSize(1);
    }

    @Test
    void anActionThatIsSentAgainCountsTowardsTheCapAndNotTowardsTheOrder() {
        UUID job = engine.approved(ActionKind.SEND_NOTIFICATION, 200);
        assertThat(engine.clear(job, ActionKind.SEND_NOTIFICATION, 199)).isEqualTo(new Clearance.Go(199));

        assertThat(again(job)).isEqualTo(new Clearance.Go(1));
        assertThat(reason(engine.clear(job, ActionKind.SEND_NOTIFICATION, 1)))
                .isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(engine.handedOver(ActionKind.SEND_NOTIFICATION)).isEqualTo(200);
    }

    private Clearance again(UUID job) {
        return Objects.requireNonNull(engine.database.transactions()
                .execute(_ -> engine.gate.clearAgain(job, WORKFLOW, ActionKind.SEND_NOTIFICATION, Impact.DISRUPTIVE)));
    }

    @Test
    void theMetricShowsWhetherTheWorkflowIsLocked() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        new SafetyConfiguration().lockMetrics(engine.workflows, engine.caps).bindTo(metrics);
        Gauge locked = metrics.get("acmp.intune.safety.locked").tag("workflow", WORKFLOW).gauge();
        assertThat(locked.value()).isZero();

        engine.clear(engine.approved(ActionKind.WIPE, 11), ActionKind.WIPE, 11);

        assertThat(locked.value()).isEqualTo(1);
    }

    @Test
    void theCapIsOverAnyTenMinutesAndAnyDay() {
        UUID job = engine.approved(ActionKind.RETIRE, 60);
        for (int i = 0; i < 5; i++) {
            assertThat(engine.clear(job, ActionKind.RETIRE, 10)).isEqualTo(new Clearance.Go(10));
            engine.clock.advance(Duration.ofMinutes(10));
        }

        assertThat(reason(engine.clear(job, ActionKind.RETIRE, 1))).isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(engine.locks.all()).singleElement()
                .satisfies(lock -> assertThat(lock.reason()).contains("more than 50 of retire"));
    }

    @Test
    void thoseWhoRaceForTheLastPlacesGetThemOnce() throws Exception {
        UUID job = engine.approved(ActionKind.WIPE, 50);
        engine.clear(job, ActionKind.WIPE, 7);

        List<Clearance> answers = atOnce(10, () -> engine.clear(job, ActionKind.WIPE, 1));

        assertThat(answers).filteredOn(new Clearance.Go(1)::equals).hasSize(3);
        assertThat(answers).filteredOn(Clearance.Wait.class::isInstance).hasSize(7);
        assertThat(engine.handedOver(ActionKind.WIPE)).isEqualTo(10);
        assertThat(engine.audited()).filteredOn("CAP_REACHED"::equals).hasSize(1);
    }

    @Test
    void theReleaseTakesTwoPersonsAndTheCapsCountAnew() {
        UUID job = engine.approved(ActionKind.WIPE, 30);
        engine.clear(job, ActionKind.WIPE, 30);

        assertRefused(() -> engine.locks.release(WORKFLOW, APPROVER), ProblemKind.ADMINISTRATOR_FIRST);
        assertThat(engine.locks.release(WORKFLOW, ADMINISTRATOR).locked()).isTrue();
        assertRefused(() -> engine.locks.release(WORKFLOW, ADMINISTRATOR), ProblemKind.SECOND_PERSON_REQUIRED);
        assertRefused(() -> engine.locks.release(WORKFLOW, OPERATOR), ProblemKind.FORBIDDEN);
        assertThat(reason(engine.clear(job, ActionKind.WIPE, 1))).isEqualTo(ProblemKind.ACTIONS_LOCKED.text());
        assertThat(engine.locks.release(WORKFLOW, APPROVER).locked()).isFalse();
        assertThat(engine.database.jdbc().sql("select body from webhook_delivery").query(String.class).list())
                .filteredOn(body -> body.contains("lock-released"))
                .hasSize(1);
        assertRefused(() -> engine.locks.release(WORKFLOW, APPROVER), ProblemKind.NOT_LOCKED);

        // what the same moment saw before the release counts no more
        assertThat(engine.clear(job, ActionKind.WIPE, 20)).isEqualTo(new Clearance.Go(10));
        assertThat(engine.locks.all()).hasSize(1);
        assertThat(engine.audited()).containsSubsequence("CAP_REACHED", "REFUSED", "LOCK_RELEASE_REQUESTED", "REFUSED",
                "REFUSED", "LOCK_RELEASED", "CAP_REACHED");
    }

    @Test
    void aWishOfTheReleaseIsGoodForAnHour() {
        UUID job = engine.approved(ActionKind.WIPE, 11);
        engine.clear(job, ActionKind.WIPE, 11);
        engine.locks.release(WORKFLOW, ADMINISTRATOR);

        engine.clock.advance(Duration.ofHours(1));

        assertRefused(() -> engine.locks.release(WORKFLOW, APPROVER), ProblemKind.ADMINISTRATOR_FIRST);
        assertThat(engine.locks.release(WORKFLOW, SafetyBench.OTHER_ADMINISTRATOR).releaseAskedBy())
                .isEqualTo(SafetyBench.OTHER_ADMINISTRATOR.key());
        assertThat(engine.locks.release(WORKFLOW, ADMINISTRATOR).locked()).isFalse();
    }

    // ---- the emergency stop

    @Test
    void aStopEndsHandOversAndRefusesOrdersOfEveryKindUntilTwoPersonsLiftIt() {
        UUID job = engine.approved(ActionKind.WIPE, 2);
        engine.stops.stop(WORKFLOW, "stolen account", OPERATOR);

        assertThat(reason(engine.clear(job, ActionKind.WIPE, 2))).isEqualTo(ProblemKind.EMERGENCY_STOP.text());
        assertThat(engine.clear(job, ActionKind.SYNC_DEVICE, 1)).isInstanceOf(Clearance.Stop.class);
        assertThat(admit(ActionKind.SYNC_DEVICE, "token:acmp", 1)).isInstanceOf(Admission.Refused.class);
        assertThat(engine.gate.preview(SafetyBench.order(job, ActionKind.SYNC_DEVICE, "token:acmp", 1)))
                .isInstanceOf(Admission.Refused.class);

        assertRefused(() -> engine.stops.lift(WORKFLOW, APPROVER), ProblemKind.ADMINISTRATOR_FIRST);
        assertThat(engine.stops.lift(WORKFLOW, ADMINISTRATOR).stopped()).isTrue();
        assertRefused(() -> engine.stops.lift(WORKFLOW, ADMINISTRATOR), ProblemKind.SECOND_PERSON_REQUIRED);
        assertThat(engine.stops.lift(WORKFLOW, APPROVER).stopped()).isFalse();
        assertRefused(() -> engine.stops.lift(WORKFLOW, APPROVER), ProblemKind.NOT_STOPPED);
        assertThat(engine.clear(job, ActionKind.WIPE, 2)).isEqualTo(new Clearance.Go(2));
        assertThat(engine.audited()).containsSubsequence("EMERGENCY_STOP_PRESSED", "REFUSED",
                "EMERGENCY_STOP_LIFT_REQUESTED", "REFUSED", "EMERGENCY_STOP_LIFTED");
    }

    @Test
    void aStopOfAllCoversEveryWorkflowAndAStopOfAnotherDoesNot() {
        assertRefused(() -> engine.stops.stop("nobody", null, OPERATOR), ProblemKind.INVALID_REQUEST);

        engine.stops.stop(EmergencyStop.ALL, null, OPERATOR);

        assertThat(engine.clear(UUID.randomUUID(), ActionKind.SYNC_DEVICE, 1)).isInstanceOf(Clearance.Stop.class);
        assertRefused(() -> engine.stops.lift(WORKFLOW, ADMINISTRATOR), ProblemKind.NOT_STOPPED);
    }

    @Test
    void stoppingAgainWithdrawsTheRequestToLift() {
        engine.stops.stop(WORKFLOW, null, OPERATOR);
        engine.stops.lift(WORKFLOW, ADMINISTRATOR);
        engine.stops.stop(WORKFLOW, "not yet", OPERATOR);

        assertRefused(() -> engine.stops.lift(WORKFLOW, APPROVER), ProblemKind.ADMINISTRATOR_FIRST);
    }

    // ---- no gate fails open

    @Test
    void aClockThatWentBackLetsNothingDestructivePassUntilItIsRight() {
        UUID job = engine.approved(ActionKind.WIPE, 2);
        engine.clock.advance(Duration.ofMinutes(5));
        engine.clear(job, ActionKind.WIPE, 1);

        engine.clock.advance(Duration.ofSeconds(-61));
        assertThat(reason(engine.clear(job, ActionKind.WIPE, 1))).isEqualTo(ProblemKind.CLOCK_WENT_BACK.text());
        assertThat(admit(ActionKind.WIPE, "token:new", 1)).isInstanceOf(Admission.Refused.class);
        assertThat(engine.clear(job, ActionKind.SYNC_DEVICE, 1)).isEqualTo(new Clearance.Go(1));

        engine.clock.advance(Duration.ofSeconds(1));
        assertThat(engine.clear(job, ActionKind.WIPE, 1)).isEqualTo(new Clearance.Go(1));
    }

    @Test
    void aDatabaseClockThatJumpedForwardLetsNothingDestructivePassUntilItIsRight() {
        UUID job = engine.approved(ActionKind.WIPE, 30);
        engine.clear(job, ActionKind.WIPE, 10);

        engine.clock.advance(Duration.ofHours(12));
        engine.hostAhead = Duration.ofHours(-12);

        assertThat(reason(engine.clear(job, ActionKind.WIPE, 1))).isEqualTo(ProblemKind.CLOCKS_DIFFER.text());
        assertThat(admit(ActionKind.WIPE, "token:new", 1)).isInstanceOf(Admission.Refused.class);
        assertThat(engine.clear(job, ActionKind.SYNC_DEVICE, 1)).isEqualTo(new Clearance.Go(1));
        engine.hostAhead = Duration.ofSeconds(60);
        assertThat(engine.clear(job, ActionKind.WIPE, 1)).isEqualTo(new Clearance.Go(1));
    }

    @Test
    void aLookUpThatFailsLetsNothingPass() {
        UUID job = engine.approved(ActionKind.WIPE, 2);
        engine.database.jdbc().sql("alter table emergency_stop rename to gone").update();
        try {
            assertThatThrownBy(() -> engine.clear(job, ActionKind.SYNC_DEVICE, 1)).isNotNull();
            assertThatThrownBy(() -> admit(ActionKind.WIPE, "token:new", 1)).isNotNull();
        } finally {
            engine.database.jdbc().sql("alter table gone rename to emergency_stop").update();
        }
        assertThat(engine.handedOver(null)).isZero();
    }

    @Test
    void withoutTheAuditNothingIsClearedOrAdmitted() {
        UUID job = engine.approved(ActionKind.WIPE, 15);
        engine.database.jdbc().sql("alter table audit_entry rename to gone").update();
        try {
            assertThatThrownBy(() -> engine.clear(job, ActionKind.WIPE, 15)).isNotNull();
            assertThatThrownBy(() -> admit(ActionKind.WIPE, "token:new", 5)).isNotNull();
        } finally {
            engine.database.jdbc().sql("alter table gone rename to audit_entry").update();
        }
        assertThat(engine.handedOver(null)).isZero();
        assertThat(engine.locks.all()).isEmpty();
    }

    // ---- helpers

    private Admission admit(ActionKind kind, String identity, int devices) {
        return engine.admit(UUID.randomUUID(), kind, identity, devices);
    }

    private Admission admit(ActionKind kind, String identity, Affected devices) {
        return engine.admit(UUID.randomUUID(), kind, identity, devices);
    }

    private static String reason(Clearance answer) {
        return switch (answer) {
            case Clearance.Go(var count) -> "go " + count;
            case Clearance.Wait(var problem) -> problem.kindText();
            case Clearance.Stop(var problem) -> problem.kindText();
        };
    }

    private static void assertRefused(Runnable work, ProblemKind kind) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem().kind()).isEqualTo(kind));
    }

    private static <T> List<T> atOnce(int callers, Callable<T> work) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (Future<T> answer : threads.invokeAll(Collections.nCopies(callers, work))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
