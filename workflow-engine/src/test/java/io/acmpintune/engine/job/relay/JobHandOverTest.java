package io.acmpintune.engine.job.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobBench;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.runtime.problem.ProblemException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.acmpintune.engine.job.JobBench.ANNA;
import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Approval, limits, cancellation and loss during the hand-over; the lane is run by hand against a stubbed connector. */
class JobHandOverTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();

    private RelayBench bench = new RelayBench();

    @BeforeEach
    void reset() {
        CONNECTOR.reset();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 0, List.of());
        clients(bench);
    }

    private static RelayBench limitedTo(int threshold, int cap) {
        RelayBench limited = new RelayBench(threshold, cap);
        clients(limited);
        return limited;
    }

    private static void clients(RelayBench bench) {
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void aJobIsNotHandedOverBeforeItIsApproved() {
        bench = limitedTo(1, 10);
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        takesAll();
        run();

        assertThat(job.state()).isEqualTo(JobState.AWAITING_APPROVAL);
        assertThat(job.waiting()).isNotNull().extracting(Problem::detail).asString().contains("2 devices");
        assertThat(orders()).isZero();

        bench.safety.approvals.decide(job.id(), true, null, SafetyBench.APPROVER);
        run();
        assertThat(bench.now(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(bench.now(job).waiting()).isNull();
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void aDeniedJobIsCancelledWithItsTargets() {
        bench = limitedTo(1, 10);
        Job denied = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.safety.approvals.decide(denied.id(), false, "not these two", SafetyBench.APPROVER);

        run();

        assertThat(bench.now(denied).state()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.target(denied, ONE).problem()).isNotNull().satisfies(reason -> {
            assertThat(reason.kind()).isEqualTo(ProblemKind.APPROVAL_DENIED);
            assertThat(reason.detail()).contains("user:paul", "not these two");
        });
        assertThat(bench.state(denied, ONE)).isEqualTo(ActionState.CANCELLED);
        assertThat(orders()).isZero();
    }

    @Test
    void aJobWhoseRequestExpiredIsCancelledWithItsTargets() {
        bench = limitedTo(1, 10);
        Job late = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.clock.advance(Duration.ofHours(24));

        run();

        assertThat(bench.now(late).state()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.target(late, TWO).problem()).isNotNull()
                .extracting(Problem::kind)
                .isEqualTo(ProblemKind.APPROVAL_EXPIRED);
        assertThat(orders()).isZero();
    }

    @Test
    void aJobThatIsCancelledNeedsNoApprovalAnyMore() {
        bench = limitedTo(1, 10);
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);

        bench.jobs.cancel(job.id(), ANNA);

        assertThat(bench.safety.approvals.waiting()).isZero();
        assertThat(bench.safety.approvals.find(job.id())).get()
                .extracting(ApprovalRequest::decidedBy)
                .isEqualTo(ANNA);
    }

    @Test
    void targetsAboveTheCapWaitWithAReasonUntilTheWorkflowIsReleased() {
        bench = limitedTo(10, 1);
        Job job = bench.start(QueryAction.RETIRE, ONE, TWO);
        takesAll();
        run();
        assertThat(orders()).isEqualTo(1);
        assertThat(bench.now(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(bench.now(job).waiting()).isNotNull()
                .extracting(Problem::kind)
                .isEqualTo(ProblemKind.ACTIONS_LOCKED);
        assertThat(bench.state(job, TWO)).isEqualTo(ActionState.QUEUED);

        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.ADMINISTRATOR);
        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.APPROVER);
        run();
        assertThat(bench.now(job).waiting()).isNull();
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void anEmergencyStopEndsTheJobAndWhatWasNotHandedOver() {
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.safety.stops.stop(SafetyBench.WORKFLOW, "stolen account", SafetyBench.OPERATOR);
        run();

        assertThat(bench.now(job).state()).isEqualTo(JobState.STOPPED);
        assertThat(bench.now(job).finishedAt()).isEqualTo(bench.clock.instant());
        assertThat(bench.target(job, ONE).problem()).isNotNull().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(ProblemKind.EMERGENCY_STOP);
            assertThat(stop.detail()).contains("stolen account");
        });
        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.CANCELLED);
        assertThat(orders()).isZero();
    }

    @Test
    void limitsThatCannotBeReadLetNothingThrough() {
        bench.start(QueryAction.WIPE, ONE);
        bench.database.jdbc().sql("alter table emergency_stop rename to gone").update();
        try {
            assertThatThrownBy(this::run).isInstanceOf(DataAccessException.class);
        } finally {
            bench.database.jdbc().sql("alter table gone rename to emergency_stop").update();
        }

        assertThat(orders()).isZero();
        assertThat(bench.handOverRows.countUnsentDestructive("IntuneMobileDevices_1", QueryAction.WIPE)).isZero();
    }

    @Test
    void atMostTwentyDestructiveActionsWaitAtTheConnector() {
        List<UUID> clients = IntStream.range(0, 22).mapToObj(i -> new UUID(7, i)).toList();
        clients.forEach(client -> bench.database.client(client, "d-" + client, false));
        Job job = bench.start(QueryAction.WIPE, clients.toArray(UUID[]::new));
        Job harmless = bench.start(QueryAction.SYNCHRONIZE, clients.toArray(UUID[]::new));
        takes(ActionKind.WIPE);
        takes(ActionKind.SYNC_DEVICE);
        bench.run(CONNECTOR.address(), 44);

        assertThat(orders("wipe")).isEqualTo(20);
        assertThat(orders("syncDevice")).isEqualTo(22);
        assertThat(bench.now(harmless).outcome()).containsEntry(ActionState.QUEUED, 22);

        List<DeviceAction> accepted = clients.subList(0, 15)
                .stream()
                .map(client -> action(2, ActionKind.WIPE, "d-" + client, ActionState.ACCEPTED))
                .toList();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 2, accepted);
        CONNECTOR.actions(ConnectorStub.FEED, 2, 2, List.of());
        bench.run(CONNECTOR.address(), 6);
        assertThat(orders("wipe")).isEqualTo(22);
        assertThat(bench.now(job).outcome()).containsEntry(ActionState.ACCEPTED, 15);
    }

    @Test
    void aWipeNamesTheDeviceAsTheOperatorSawIt() {
        bench.database.jdbc().sql("""
                update device set source = '{"id":"device-1","operatingSystem":"Windows","serialNumber":"S-1",
                    "deviceName":"PC-1","userPrincipalName":"anna@example.com","managedDeviceOwnerType":"company"}'
                where device = 'device-1'
                """).update();
        bench.start(QueryAction.WIPE, ONE);
        bench.database.jdbc().sql("""
                update device set source = '{"id":"device-1","operatingSystem":"Windows","serialNumber":"S-2"}'
                where device = 'device-1'
                """).update();
        takesAll();
        run();

        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withRequestBody(matchingJsonPath("$.origin", equalTo("IntuneMobileDevices_1")))
                .withRequestBody(matchingJsonPath("$.expected", equalToJson("""
                        {"serialNumber":"S-1","deviceName":"PC-1","userPrincipalName":"anna@example.com",
                        "ownerType":"company"}
                        """))))).isEqualTo(1);
    }

    @Test
    void theUnlockCodeIsHandedOverAndReadableNowhereElse() {
        Job job = bench.jobs.start(JobBench.wipe("918273", ONE), ANNA, "key");
        assertThat(job.parameters().wipe()).isEqualTo(new WipeOptions(false, false, false, null));
        assertThat(database()).doesNotContain("918273");
        takesAll();
        run();

        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withRequestBody(matchingJsonPath("$.wipe.macOsUnlockCode", equalTo("918273"))))).isEqualTo(1);
        assertThat(bench.database.jdbc()
                .sql("select count(*) from job where unlock_code is not null")
                .query(Integer.class)
                .single()).as("erased once nobody needs it").isZero();
    }

    // ---- cancellation

    @Test
    void aCancelledJobCancelsWhatTheConnectorHasNotSent() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE, TWO);
        CONNECTOR.takes(job.id() + "/" + ONE, action(1, ActionKind.SYNC_DEVICE, "device-1", ActionState.QUEUED));
        CONNECTOR.takes(job.id() + "/" + TWO, action(1, ActionKind.SYNC_DEVICE, "device-2", ActionState.ACCEPTED));
        run();
        UUID first = id(ActionKind.SYNC_DEVICE, "device-1");
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS + "/" + first + "/cancellation"))
                .willReturn(okJson(JsonMapper.shared()
                        .writeValueAsString(action(2, ActionKind.SYNC_DEVICE, "device-1", ActionState.CANCELLED)))));

        assertThat(bench.jobs.cancel(job.id(), ANNA).state()).isEqualTo(JobState.CANCELLED);
        run();

        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.CANCELLED);
        assertThat(bench.state(job, TWO)).isEqualTo(ActionState.ACCEPTED);
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS + "/" + first
                + "/cancellation")).withRequestBody(matchingJsonPath("$.cancelledBy", equalTo(ANNA))))).isEqualTo(1);
    }

    @Test
    void aSentActionIsAskedToBeCancelledOnceAndFollowedFurther() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);
        CONNECTOR.takes(job.id() + "/" + ONE, action(1, ActionKind.SYNC_DEVICE, "device-1", ActionState.QUEUED));
        run();
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS + "/" + id(ActionKind.SYNC_DEVICE, "device-1")
                + "/cancellation")).willReturn(aResponse().withStatus(409)
                        .withHeader("Content-Type", "application/problem+json")
                        .withBody(JsonMapper.shared()
                                .writeValueAsString(
                                        Problem.of(ProblemKind.ACTION_EXPIRED, 409, "Sent.", "Nothing.")))));

        bench.jobs.cancel(job.id(), ANNA);
        run();
        run();

        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.QUEUED);
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS + "/"
                + id(ActionKind.SYNC_DEVICE, "device-1") + "/cancellation")))).isEqualTo(1);
    }

    /** The worst moment: claimed, the connector unreachable, then cancelled. */
    @Test
    void claimedTargetsThatNeverReachedTheConnectorAreCancelledHere() {
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        assertThat(bench.run(UnreachableAddress.http(), 6)).isEqualTo(Duration.ofSeconds(5));

        bench.jobs.cancel(job.id(), ANNA);
        takesAll();
        run();

        assertThat(bench.now(job).outcome()).containsOnly(Map.entry(ActionState.CANCELLED, 2));
        assertThat(orders()).isZero();
    }

    @Test
    void deferredTargetsAreNotSentDuringAnEmergencyStop() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        bench.run(UnreachableAddress.http(), 6);
        bench.safety.stops.stop(SafetyBench.WORKFLOW, null, SafetyBench.OPERATOR);
        takesAll();
        run();

        assertThat(orders()).isZero();
        assertThat(bench.now(job).state()).isEqualTo(JobState.STOPPED);
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.CANCELLED);
    }

    /** The connector may have the action, so only the connector can cancel it. */
    @Test
    void aTargetWhoseAnswerWasLostIsCancelledAtTheConnector() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        run();
        bench.jobs.cancel(job.id(), ANNA);
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.QUEUED);

        int before = orders();
        takesAll();
        String cancellation = ConnectorStub.ACTIONS + "/" + id(ActionKind.WIPE, "device-1") + "/cancellation";
        CONNECTOR.answers(post(urlPathEqualTo(cancellation)).willReturn(okJson(JsonMapper.shared()
                .writeValueAsString(action(2, ActionKind.WIPE, "device-1", ActionState.CANCELLED)))));
        run();

        assertThat(orders()).isEqualTo(before + 1);
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(cancellation)))).isEqualTo(1);
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.CANCELLED);
    }

    @Test
    void deferredTargetsPassTheLimitsAgainAndAreCountedOnce() {
        bench.start(QueryAction.WIPE, ONE, TWO);
        bench.run(UnreachableAddress.http(), 6);
        bench.run(UnreachableAddress.http(), 6);
        takesAll();
        run();

        assertThat(bench.safety.handedOver(ActionKind.WIPE)).isEqualTo(2);
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void aFinishedJobCannotBeCancelled() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, new UUID(9, 9));

        Problem problem = assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bench.jobs.cancel(job.id(), ANNA))
                .actual()
                .problem();

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.kind()).isEqualTo(ProblemKind.JOB_FINISHED);
    }

    /** Whichever comes first, no target is both cancelled here and given to the connector. */
    @Test
    void aCancellationThatRacesWithTheHandOverCancelsEachTargetOnOneSide() throws Exception {
        List<UUID> clients = IntStream.range(0, 10).mapToObj(i -> new UUID(7, i)).toList();
        clients.forEach(client -> bench.database.client(client, "d-" + client, false));
        takes(ActionKind.SYNC_DEVICE);
        for (int round = 0; round < 5; round++) {
            Job job = bench.start(QueryAction.SYNCHRONIZE, clients.toArray(UUID[]::new));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Duration> relay = threads.submit(() -> bench.run(CONNECTOR.address(), 14));
                Future<Job> cancelled = threads.submit(() -> bench.jobs.cancel(job.id(), ANNA));
                relay.get();
                assertThat(cancelled.get().state()).isEqualTo(JobState.CANCELLED);
            }
            run();

            for (UUID client : clients) {
                Job.Target target = bench.target(job, client);
                int ordered = CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                        .withHeader("Idempotency-Key", equalTo(job.id() + "/" + client)));
                assertThat(ordered).as("%s is %s", client, target.state())
                        .isEqualTo(target.action() == null ? 0 : 1);
                assertThat(target.action() != null || target.state() == ActionState.CANCELLED).isTrue();
            }
        }
    }

    @Test
    void nothingIsSentWithoutAnAudit() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);
        takesAll();
        bench.database.jdbc().sql("alter table audit_entry rename to audit_entry_away").update();
        try {
            assertThatThrownBy(this::run).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> bench.start(QueryAction.SYNCHRONIZE, TWO))
                    .isInstanceOf(DataAccessException.class);
        } finally {
            bench.database.jdbc().sql("alter table audit_entry_away rename to audit_entry").update();
        }
        assertThat(orders()).isZero();
        assertThat(bench.jobs.page(null, null, null, null, null, null, null, 10).jobs()).extracting(Job::id)
                .containsExactly(job.id());

        run();
        assertThat(orders()).isEqualTo(1);
        assertThat(bench.database.jdbc()
                .sql("select event from audit_entry where correlation ->> 'job' = :job order by seq")
                .param("job", job.id().toString())
                .query((row, _) -> row.getString(1))
                .list()).containsExactly("QUERY_ACTION_REQUESTED", "ACTION_SENT", "ACTION_ANSWERED");
    }

    // ---- an uncertain target

    @Test
    void anUncertainTargetIsDecidedInTheNameOfTheCaller() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.takes(job.id() + "/" + ONE, action(1, ActionKind.WIPE, "device-1", ActionState.NEEDS_DECISION));
        run();
        String decision = ConnectorStub.ACTIONS + "/" + id(ActionKind.WIPE, "device-1") + "/decision";
        CONNECTOR.answers(post(urlPathEqualTo(decision)).willReturn(okJson(JsonMapper.shared()
                .writeValueAsString(action(2, ActionKind.WIPE, "device-1", ActionState.ACCEPTED)))));
        JobTargets targets = bench.targets(CONNECTOR.address());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> targets.decide(job.id(), ONE, ActionDecision.Verdict.SEND_AGAIN, null, ANNA))
                .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.RESEND_NOT_ALLOWED));
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(decision)))).isZero();

        assertThat(targets.decide(job.id(), ONE, ActionDecision.Verdict.TAKEN, "seen on the device", ANNA).state())
                .isEqualTo(ActionState.ACCEPTED);
        assertThat(bench.database.jdbc()
                .sql("""
                        select reason from audit_entry
                        where event = 'UNCERTAIN_ACTION_DECIDED' and correlation ->> 'job' = :job
                        """)
                .param("job", job.id().toString())
                .query(String.class)
                .list()).containsExactly("seen on the device");
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(decision)).withRequestBody(equalToJson("""
                {"verdict":"taken","decidedBy":"token:acmp"}
                """)))).isEqualTo(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> targets.decide(job.id(), ONE, ActionDecision.Verdict.TAKEN, null, ANNA))
                .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.NO_DECISION_NEEDED));
    }

    @Test
    void aDecisionIsAuditedBeforeItIsSentToTheConnector() {
        Job job = bench.start(QueryAction.REMOTE_LOCK, ONE);
        CONNECTOR.takes(job.id() + "/" + ONE,
                action(1, ActionKind.REMOTE_LOCK, "device-1", ActionState.NEEDS_DECISION));
        run();
        JobTargets targets = bench.targets(UnreachableAddress.http());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> targets.decide(job.id(), ONE, ActionDecision.Verdict.SEND_AGAIN, null, ANNA))
                .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(502));

        assertThat(bench.database.jdbc()
                .sql("""
                        select event from audit_entry where correlation ->> 'job' = :job
                            and event in ('UNCERTAIN_ACTION_DECIDED', 'REFUSED') order by seq
                        """)
                .param("job", job.id().toString())
                .query(String.class)
                .list()).containsExactly("UNCERTAIN_ACTION_DECIDED", "REFUSED");
    }

    // ---- a connector with a new database

    @Test
    void anActionMissingInTheConnectorsNewDatabaseHasAnUnknownOutcome() {
        Job job = bench.start(QueryAction.RETIRE, ONE, TWO);
        takesAll();
        run();
        CONNECTOR.actions(ConnectorStub.OTHER_FEED, 0, 1,
                List.of(action(1, ActionKind.RETIRE, "device-2", ActionState.PENDING)));
        CONNECTOR.actions(ConnectorStub.OTHER_FEED, 1, 1, List.of());
        run();

        assertThat(bench.target(job, ONE)).satisfies(lost -> {
            assertThat(lost.state()).isEqualTo(ActionState.FAILED);
            assertThat(lost.problem()).isNotNull().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.OUTCOME_UNKNOWN);
                assertThat(problem.detail()).contains("new database").contains("last queued");
            });
        });
        assertThat(bench.state(job, TWO)).isEqualTo(ActionState.PENDING);
        assertThat(bench.now(job).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void aWipeWhoseAnswerWasLostWithTheDatabaseIsNotSentAgain() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        run();
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        run();
        bench.handOverRows.markLost("IntuneMobileDevices_1");
        takesAll();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 0, List.of());
        int before = orders();
        run();

        assertThat(orders()).isEqualTo(before);
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.FAILED);
    }

    private void run() {
        bench.run(CONNECTOR.address(), 5);
    }

    private int orders() {
        return CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS)));
    }

    private int orders(String kind) {
        return CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withRequestBody(matchingJsonPath("$.kind", equalTo(kind))));
    }

    private String database() {
        return String.join("\n", bench.database.jdbc()
                .sql("select job::text from job union all select job_target::text from job_target")
                .query(String.class)
                .list());
    }

    /** Lets the connector answer every command with an action of its own. */
    private void takesAll() {
        for (ActionKind kind : ActionKind.values()) {
            takes(kind);
        }
    }

    private void takes(ActionKind kind) {
        for (String device : bench.database.jdbc()
                .sql("select device from device")
                .query((row, _) -> row.getString(1))
                .list()) {
            CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                    .withRequestBody(matchingJsonPath("$.deviceId", equalTo(device)))
                    .withRequestBody(matchingJsonPath("$.kind", equalTo(kind.text())))
                    .willReturn(okJson(JsonMapper.shared()
                            .writeValueAsString(action(1, kind, device, ActionState.QUEUED)))));
        }
    }

    private static UUID id(ActionKind kind, String device) {
        return UUID.nameUUIDFromBytes((kind + device).getBytes(StandardCharsets.UTF_8));
    }

    private static DeviceAction action(long revision, ActionKind kind, String device, ActionState state) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z").plusSeconds(revision);
        return new DeviceAction(id(kind, device), revision, new ActionCommand(kind, new DeviceId(device), "anna", null,
                null, kind == ActionKind.WIPE ? new WipeOptions(false, false, false, null) : null,
                kind == ActionKind.SEND_NOTIFICATION ? new Notification("t", "b") : null),
                state, at, null, at, null, null);
    }
}
