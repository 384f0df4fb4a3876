package io.acmpintune.connector.action;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

/** What stands between a queued wipe and the device: its identity, read again, and the emergency stop. */
class ActionSenderTest {

    private static final ActingTenant TENANT = ActingTenant.start();

    @AfterAll
    static void stop() throws IOException {
        TENANT.close();
    }

    @BeforeEach
    void empty() {
        TENANT.reset();
        TENANT.microsoft.tenant().protect(Set.of(), ApprovalStyle.observed());
    }

    // ---- identity

    @Test
    void aDeviceThatIsStillTheOneThatWasSeenIsWipedOnce() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());

        TENANT.send();

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.ACCEPTED);
        assertThat(TENANT.wipes(wipe)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"serialNumber,serial number", "deviceName,device name", "userPrincipalName,user",
            "managedDeviceOwnerType,ownership"})
    void aDeviceThatDiffersInAnyPropertyIsRefusedWithItsName(String property, String named) {
        DeviceId phone = TENANT.phone();
        DeviceAction wipe = TENANT.wipe(phone);
        TENANT.change(phone, property, "another");

        TENANT.send();

        DeviceAction refused = TENANT.now(wipe.id());
        assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
        assertThat(problem(refused).kind()).isEqualTo(ProblemKind.DEVICE_MISMATCH);
        assertThat(problem(refused).detail()).contains("another " + named + " than");
        // whether a user may be named depends on the workflow, which this service does not know
        assertThat(problem(refused).detail().contains("'another' instead of")).isEqualTo(!named.equals("user"));
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void aMissingValueDiffersFromAValueButNotFromAMissingOne() {
        DeviceId nameless = TENANT.phone();
        TENANT.change(nameless, "serialNumber", "");
        DeviceAction same = TENANT.wipe(nameless);
        ExpectedDevice seen = TENANT.seen(nameless);
        DeviceId named = TENANT.phone();
        TENANT.change(named, "serialNumber", "S-1");
        DeviceAction came = TENANT.queue(ActingTenant.wipe(named, seen, "Workflow_1"));
        DeviceId other = TENANT.phone();
        TENANT.change(other, "serialNumber", "S-2");
        DeviceAction went = TENANT.wipe(other);
        TENANT.change(other, "serialNumber", "");

        TENANT.send();

        assertThat(TENANT.wipes(same)).isEqualTo(1);
        assertThat(problem(TENANT.now(came.id())).detail()).contains("instead of none");
        assertThat(problem(TENANT.now(went.id())).detail()).contains("none instead of");
        assertThat(TENANT.wipes(came) + TENANT.wipes(went)).isZero();
    }

    @Test
    void aUserIsTheSameInAnyCase() {
        DeviceId phone = TENANT.phone();
        TENANT.change(phone, "userPrincipalName", "Anna@Contoso.example");
        ExpectedDevice seen = TENANT.seen(phone);
        DeviceAction wipe = TENANT.queue(ActingTenant.wipe(phone, new ExpectedDevice(seen.serialNumber(),
                seen.deviceName(), "anna@contoso.EXAMPLE", seen.ownerType()), "Workflow_1"));

        TENANT.send();

        assertThat(TENANT.wipes(wipe)).isEqualTo(1);
    }

    @Test
    void aDeviceThatLeftIsRefusedAndExplained() {
        DeviceId phone = TENANT.phone();
        DeviceAction wipe = TENANT.wipe(phone);
        TENANT.microsoft.tenant().remove(phone.value());

        TENANT.send();

        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.DEVICE_GONE);
    }

    @Test
    void anOrderFromBeforeDevicesWereDescribedIsRefused() {
        DeviceAction wipe = TENANT.queue(ActingTenant.wipe(TENANT.phone(), null, "Workflow_1"));

        TENANT.send();

        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.EXPECTED_DEVICE_MISSING);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"503|", "429|", "403|{}", "200|{\"id\":\"other\"}", "200|{}", "200|text"})
    void aDeviceThatCannotBeReadIsNotWipedUntilItCanBe(int status, String body) {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        TENANT.microsoft.faults()
                .next(ActingTenant.SINGLE, 1, new Fault.Reply(status, Map.of(), body == null ? "" : body));

        TENANT.send();

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.QUEUED);
        assertThat(TENANT.wipes(wipe)).isZero();

        TENANT.clock.advance(Duration.ofMinutes(1));
        TENANT.send();
        assertThat(TENANT.wipes(wipe)).isEqualTo(1);
    }

    @Test
    void aDeviceThatWasReadAMinuteAgoIsReadAgain() {
        DeviceId phone = TENANT.phone();
        DeviceAction wipe = TENANT.wipe(phone);
        Instant start = TENANT.clock.instant();
        AtomicInteger asked = new AtomicInteger();

        // the first time is that of the read, the next that of sending
        TENANT.submit(() -> start.plusSeconds(asked.getAndIncrement() == 0 ? 0 : 60), wipe);

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.QUEUED);
        assertThat(TENANT.wipes(wipe)).isZero();

        TENANT.change(phone, "deviceName", "another");
        TENANT.submit(TENANT.clock, wipe);
        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.DEVICE_MISMATCH);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void whatIntuneHasApprovedIsComparedAgain() {
        TENANT.microsoft.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        DeviceId phone = TENANT.phone();
        DeviceAction wipe = TENANT.wipe(phone);
        TENANT.send();
        DeviceAction waiting = TENANT.now(wipe.id());
        assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);

        TENANT.change(phone, "userPrincipalName", "another");
        TENANT.microsoft.tenant().approve(Objects.requireNonNull(waiting.approval()).code());
        TENANT.clock.advance(Duration.ofMinutes(1));
        TENANT.send();

        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.DEVICE_MISMATCH);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void whoseDeviceItIsDoesNotStandInTheOrdersText() {
        ExpectedDevice expected = new ExpectedDevice("canary-1", "canary-2", "canary-3", OwnerType.PERSONAL);

        assertThat(ActingTenant.wipe(new DeviceId("d-1"), expected, "Workflow_1").toString()).doesNotContain("canary");
    }

    // ---- expiry

    @Test
    void anApprovalInIntuneDoesNotReviveAnActionThatHasExpired() {
        TENANT.microsoft.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        TENANT.send();
        DeviceAction waiting = TENANT.now(wipe.id());
        assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
        TENANT.microsoft.tenant().approve(Objects.requireNonNull(waiting.approval()).code());

        TENANT.clock.advance(Duration.ofDays(1));
        TENANT.send();

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.EXPIRED);
        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.ACTION_EXPIRED);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void anActionThatExpiresBetweenTheCheckOfItsDeviceAndTheRequestIsNotSent() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());

        TENANT.submit(() -> TENANT.clock.instant().plus(Duration.ofDays(1)), wipe);

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.EXPIRED);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    // ---- the emergency stop

    @Test
    void aStopCancelsWhatIsQueuedOrWaitsForApprovalAndNothingOfItIsSentAnyMore() {
        TENANT.microsoft.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        DeviceAction waiting = TENANT.wipe(TENANT.phone());
        TENANT.send();
        TENANT.microsoft.tenant().protect(Set.of(), ApprovalStyle.observed());
        DeviceAction queued = TENANT.wipe(TENANT.phone());
        DeviceId phone = TENANT.phone();
        DeviceAction theirs = TENANT.queue(ActingTenant.wipe(phone, TENANT.seen(phone), "Workflow_2"));

        TENANT.stopping().change(TENANT.connector, "Workflow_1", new ActionStop.Change(true, "bert", null));
        TENANT.microsoft.tenant().approve(Objects.requireNonNull(TENANT.now(waiting.id()).approval()).code());
        TENANT.clock.advance(Duration.ofMinutes(5));
        TENANT.send();

        for (DeviceAction stopped : List.of(waiting, queued)) {
            assertThat(TENANT.now(stopped.id()).state()).isEqualTo(ActionState.CANCELLED);
            assertThat(problem(TENANT.now(stopped.id())).detail()).startsWith("Emergency stop");
            assertThat(TENANT.wipes(stopped)).isZero();
        }
        assertThat(TENANT.wipes(theirs)).isEqualTo(1);
    }

    @Test
    void aStopOfAllCoversActionsWithoutAWorkflow() {
        DeviceId phone = TENANT.phone();
        TENANT.stopping().change(TENANT.connector, ActionStop.ALL, new ActionStop.Change(true, "bert", null));
        // as after a doubt: nobody asked whether it may be queued
        DeviceAction wipe = TENANT.queue(ActingTenant.wipe(phone, TENANT.seen(phone), "Workflow_9"));

        TENANT.send();

        assertThat(problem(TENANT.now(wipe.id())).kind()).isEqualTo(ProblemKind.EMERGENCY_STOP);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void aStopThatCommitsWhileAnActionIsAboutToBeSentIsSeen() throws Exception {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        CompletableFuture<Void> sending = new CompletableFuture<>();

        TENANT.database().transactions().executeWithoutResult(_ -> {
            TENANT.actions().lock(List.of(CONNECTOR));
            Thread.ofVirtual().start(() -> {
                TENANT.send();
                sending.complete(null);
            });
            awaitSomebodyWaiting();
            TENANT.stops().save(CONNECTOR, new ActionStop("Workflow_1", true, "bert", TENANT.clock.instant()));
        });
        sending.get(30, TimeUnit.SECONDS);

        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.CANCELLED);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    void aStopThatArrivesAfterAnActionWasMarkedAsSendingIsSeenRightBeforeTheRequest() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        AtomicInteger asked = new AtomicInteger();

        // the first time is that of the read, the second that of sending, the third is asked once that is committed
        TENANT.submit(() -> {
            if (asked.getAndIncrement() == 2) {
                assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.SENDING);
                TENANT.stops().save(CONNECTOR, new ActionStop(ActionStop.ALL, true, "bert", TENANT.clock.instant()));
            }
            return TENANT.clock.instant();
        }, wipe);

        assertThat(TENANT.wipes(wipe)).isZero();
        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.QUEUED);

        TENANT.clock.advance(Duration.ofMinutes(1));
        TENANT.send();
        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.CANCELLED);
        assertThat(TENANT.wipes(wipe)).isZero();
    }

    @Test
    @Timeout(30)
    void aStopWaitsForNoOrderAndNoTransition() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());

        TENANT.database().transactions().executeWithoutResult(_ -> {
            TENANT.actions().lock(List.of(CONNECTOR));
            CompletableFuture.runAsync(() -> TENANT.stops()
                    .save(CONNECTOR, new ActionStop("Workflow_new", true, "bert", TENANT.clock.instant()))).join();
        });

        assertThat(TENANT.stops().all(CONNECTOR)).hasSize(1);
        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.QUEUED);
    }

    private static void awaitSomebodyWaiting() {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (TENANT.database()
                .jdbc()
                .sql("select count(*) from pg_locks where not granted")
                .query(Long.class)
                .single() == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Problem problem(DeviceAction action) {
        return Objects.requireNonNull(action.problem(), "it has a problem");
    }
}
