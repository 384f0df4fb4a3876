package io.acmpintune.connector;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.ScannerSettings;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole service against a simulated Microsoft with 300 devices: certificate, private CA, paging, actions, API. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("its service")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ConnectorServiceTest {

    private static final String NAME = "IntuneConnector_1";
    private static final String API = "/api/v1/connectors/" + NAME;
    private static final String TOKEN = ApiAccess.TOKEN;
    private static final int DEVICES = 300;
    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    private static final String SYNC = "POST /v1.0/deviceManagement/managedDevices/{id}/syncDevice";
    private static final String BATCH = "POST /v1.0/$batch";
    private static final JsonNode OBSERVED = observed();
    private static final Simulator MICROSOFT = simulator();

    private final ApiCaller anybody;
    private final ApiCaller caller;
    private final ConnectorApi api;
    private final ActionApi actions;
    private final JdbcClient jdbc;

    ConnectorServiceTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.anybody = ApiCaller.local(port, null);
        this.caller = ApiCaller.local(port, TOKEN);
        HttpServiceProxyFactory proxies = HttpServiceProxyFactory
                .builderFor(RestClientAdapter.create(RestClient.builder()
                        .baseUrl("http://127.0.0.1:" + port)
                        .defaultHeader("Authorization", "Bearer " + TOKEN)
                        .build()))
                .build();
        this.api = proxies.createClient(ConnectorApi.class);
        this.actions = proxies.createClient(ActionApi.class);
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        ApiAccess.configure(registry);
        registry.add("spring.ssl.bundle.pem.microsoft.truststore.certificate",
                () -> "file:" + MICROSOFT.access().ca());
        Map<String, Supplier<Object>> connector = Map.of("tenant-id", () -> MICROSOFT.access().tenantId(), "client-id",
                () -> MICROSOFT.access().clientId(), "authentication", () -> "certificate", "certificate",
                () -> "file:" + MICROSOFT.access().certificate(), "certificate-password",
                () -> MICROSOFT.access().certificatePassword(), "cloud", () -> "custom", "login-endpoint",
                MICROSOFT::httpsUrl, "graph-endpoint", MICROSOFT::httpsUrl, "ssl-bundle", () -> "microsoft");
        connector.forEach((key, value) -> registry.add("intune.connectors." + NAME + "." + key, value));
        registry.add("intune.connectors." + NAME + ".scanner.page-size", () -> 70);
        registry.add("intune.connectors." + NAME + ".actions.follow-up", () -> "1s");
        registry.add("db-scheduler.polling-interval", () -> "50ms");
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults()
                    .withDevices(DEVICES)
                    .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The simulator did not start", e);
        }
    }

    private static JsonNode observed() {
        try (var folded = ConnectorServiceTest.class.getResourceAsStream("/observed-devices-folded.json")) {
            return JsonMapper.shared().readTree(folded);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MICROSOFT.close();
    }

    @BeforeEach
    void afterTheFirstScan() {
        scanned();
    }

    // ---- devices

    @Test
    void everyDeviceOfTheTenantIsInTheFeedOnceInTheOrderOfRevisions() {
        List<DeviceChange> feed = feed();

        assertThat(feed).extracting(change -> change.deviceId().value())
                .doesNotHaveDuplicates()
                .containsAll(MICROSOFT.tenant().ids());
        assertThat(feed).extracting(DeviceChange::revision).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theObservedDevicesArriveWhole() {
        JsonMapper json = JsonMapper.shared();
        Map<String, JsonNode> arrived = new HashMap<>();
        json.readTree(caller.get(API + "/devices/changes?limit=5000").body())
                .path("changes")
                .forEach(change -> arrived.put(change.path("device").path("id").asString(""), change.path("device")));
        for (JsonNode device : OBSERVED) {
            assertThat(arrived.get(device.path("id").asString(""))).isEqualTo(device);
        }
    }

    @Test
    void theStatusContainsTheLastScan() {
        ConnectorStatus status = api.status(NAME);
        Scan scan = scanAgain();

        assertThat(status.name()).isEqualTo(NAME);
        assertThat(status.tenantId()).isEqualTo(MICROSOFT.access().tenantId());
        assertThat(status.devices()).isGreaterThanOrEqualTo(DEVICES);
        assertThat(scan.state()).isEqualTo(ScanState.FINISHED);
        assertThat(scan.pages()).isEqualTo(5);
        assertThat(scan.read()).isEqualTo(MICROSOFT.tenant().size());
        assertThat(scan.graphCalls()).isEqualTo(5);
        assertThat(scan.quarantined()).isZero();
        assertThat(scan.problem()).isNull();
    }

    @Test
    void aSecondScanOfAnUnchangedTenantWritesNothing() {
        settled();
        long revision = feed().getLast().revision();

        Scan second = scanAgain();

        assertThat(second.unchanged()).isEqualTo(second.read()).isEqualTo(MICROSOFT.tenant().size());
        assertThat(second.added() + second.changed()).isZero();
        assertThat(feed().getLast().revision()).isEqualTo(revision);
    }

    @Test
    void aDeviceThatChangedIsTheOnlyNewEntryOfTheFeed() {
        settled();
        String id = syncables().skip(20).findFirst().orElseThrow();
        long before = feed().getLast().revision();
        MICROSOFT.tenant().change(id, JsonMapper.shared().createObjectNode().put("deviceName", "renamed {x} 📱"));

        Scan scan = scanAgain();

        assertThat(scan.changed()).isEqualTo(1);
        DeviceChanges changes = api.deviceChanges(NAME, before, 10, Duration.ZERO);
        assertThat(changes.changes()).singleElement()
                .isInstanceOfSatisfying(DeviceChange.Present.class,
                        change -> assertThat(change.device().deviceName()).isEqualTo("renamed {x} 📱"));
        assertThat(changes.next()).isEqualTo(before + 1);
        assertThat(changes.more()).isFalse();
    }

    @Test
    void theFeedComesInPagesAndSaysWhetherThereIsMore() {
        DeviceChanges first = api.deviceChanges(NAME, 0, 7, Duration.ZERO);

        assertThat(first.changes()).hasSize(7);
        assertThat(first.more()).isTrue();
        assertThat(first.tenantId()).isEqualTo(MICROSOFT.access().tenantId());
        assertThat(api.deviceChanges(NAME, first.next(), 7, Duration.ZERO).feed()).isEqualTo(first.feed());
    }

    @Test
    void aReaderAtTheEndWaitsAsLongAsItSays() {
        long end = feed().getLast().revision();
        long begin = System.nanoTime();

        DeviceChanges nothing = api.deviceChanges(NAME, end, 10, Duration.ofMillis(700));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
        assertThat(nothing.changes()).isEmpty();
        assertThat(nothing.next()).isEqualTo(end);
    }

    @Test
    void aReaderFromAnotherFeedIsSentBack() {
        assertThat(api.deviceChanges(NAME, 1_000_000, 10, Duration.ZERO).next())
                .isEqualTo(feed().getLast().revision());
    }

    @Test
    void aFailingPageIsReadAgainAndTheScanGoesOn() {
        MICROSOFT.faults().next(LIST, 1, new Fault.Reply(503, Map.of("Retry-After", "0.1"), "<h1>Busy</h1>"));

        Scan scan = scanAgain();

        assertThat(scan.state()).isEqualTo(ScanState.FINISHED);
        assertThat(scan.graphCalls()).isEqualTo(scan.pages() + 1);
    }

    @Test
    void aScanDeniedByGraphReportsTheReasonAndKeepsAllDevices() {
        MICROSOFT.faults()
                .next(LIST, 1, new Fault.Reply(403, Map.of(),
                        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Application is not authorized\"}}"));
        int devices = api.status(NAME).devices();

        Scan scan = scanAgain();

        assertThat(scan.state()).isEqualTo(ScanState.FAILED);
        assertThat(scan.problem()).isNotNull().satisfies(problem -> {
            assertThat(problem.detail()).contains("Application is not authorized");
            assertThat(problem.remedy()).contains("DeviceManagementManagedDevices.Read.All");
        });
        assertThat(api.status(NAME).devices()).isEqualTo(devices);
        scanAgain();
    }

    @Test
    void aMalformedDeviceIsQuarantinedAndTheRestGoesOn() {
        MICROSOFT.faults().next(LIST, 1, new Fault.Reply(200, Map.of("Content-Type", "application/json"), """
                {"value":[{"id":"not a device id","deviceName":"broken"},{"id":"another-device","deviceName":"whole"}]}
                """));

        Scan scan = scanAgain();

        assertThat(scan.quarantined()).isEqualTo(1);
        assertThat(scan.added()).isEqualTo(1);
        assertThat(api.quarantine(NAME)).singleElement().satisfies(row -> {
            assertThat(row.reason()).startsWith("id: not a device id");
            assertThat(JsonMapper.shared().readTree(row.raw())).isEqualTo(JsonMapper.shared()
                    .readTree("{\"id\":\"not a device id\",\"deviceName\":\"broken\"}"));
        });
        assertThat(feed()).extracting(change -> change.deviceId().value()).contains("another-device");
    }

    @Test
    void scanIntervalsCanBeChangedAndResetAtRunTime() {
        ScannerSettings before = api.scanner(NAME);
        ScannerSettings changed = api.changeScanner(NAME, new ScannerSettings.Change("20m", "PT36H"));
        ConnectorStatus status = api.status(NAME);
        ScannerSettings half = api.changeScanner(NAME, new ScannerSettings.Change(null, "2d"));
        ScannerSettings back = api.changeScanner(NAME, new ScannerSettings.Change(null, null));

        ScanIntervals configured = new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24));
        assertThat(before).isEqualTo(new ScannerSettings(configured, configured));
        assertThat(changed).isEqualTo(new ScannerSettings(
                new ScanIntervals(Duration.ofMinutes(20), Duration.ofHours(36)), configured));
        assertThat(status.scanner()).isEqualTo(changed);
        assertThat(half.effective()).isEqualTo(new ScanIntervals(Duration.ofMinutes(15), Duration.ofDays(2)));
        assertThat(back).isEqualTo(before);
    }

    @Test
    void aShorterIntervalStartsAScanAtOnce() {
        long before = scanned().id();
        api.changeScanner(NAME, new ScannerSettings.Change("10s", null));
        Scan next = scanned();
        while (next.id() == before) {
            Thread.onSpinWait();
            next = scanned();
        }
        api.changeScanner(NAME, new ScannerSettings.Change(null, null));

        assertThat(next.kind()).isEqualTo(ScanKind.INCREMENTAL);
    }

    @Test
    void everyWrongIntervalIsNamed() {
        ApiCaller.Answer answer = caller.put(API + "/scanner",
                "{\"incrementalInterval\":\"9s\",\"fullInterval\":\"often\"}");

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("errors").valueStream().map(error -> error.path("field").asString("")))
                .containsExactly("incrementalInterval", "fullInterval");
        assertThat(api.scanner(NAME).effective()).isEqualTo(api.scanner(NAME).configured());
    }

    @Test
    void theScanHistoryContainsCountsAndDurations() {
        scanned();
        JsonNode scan = caller.get(API + "/scans").json().path(0);

        assertThat(scan.propertyNames()).contains("pages", "read", "added", "changed", "unchanged", "filtered",
                "suspect", "removed", "quarantined", "held", "graphCalls", "duration", "startedAt", "finishedAt");
        assertThat(Duration.parse(scan.path("duration").asString(""))).isPositive();
    }

    // ---- actions

    @Test
    void aSyncWhoseAnswerIsLostIsFoundAtTheDeviceAndNotSentAgain() {
        MICROSOFT.faults().next(BATCH, 1, new Fault.DropAfter());
        DeviceId device = syncable();
        int before = MICROSOFT.tenant().syncCommands(device.value());

        DeviceAction done = awaitFinal(order(device, UUID.randomUUID().toString()));

        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(history(done)).startsWith("null QUEUED", "QUEUED SENDING", "SENDING UNCERTAIN",
                "UNCERTAIN ACCEPTED");
        assertThat(MICROSOFT.tenant().syncCommands(device.value())).isEqualTo(before + 1);
    }

    @Test
    void aSyncThatShowsNoSignIsSentAgainBecauseItIsHarmless() {
        MICROSOFT.faults().next(BATCH, 1, new Fault.DropBefore());
        DeviceId device = syncable();

        DeviceAction done = awaitFinal(order(device, UUID.randomUUID().toString()));

        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(history(done)).startsWith("null QUEUED", "QUEUED SENDING", "SENDING UNCERTAIN",
                "UNCERTAIN QUEUED", "QUEUED SENDING", "SENDING ACCEPTED");
    }

    static Stream<Fault> executedAndUnanswered() {
        return Stream.of(new Fault.ReplyAfter(Fault.gateway(504)), new Fault.ResetAfter(), new Fault.CutShort(),
                new Fault.Halve());
    }

    @ParameterizedTest
    @MethodSource("executedAndUnanswered")
    void aLockThatIntuneTookIsFoundWhateverBecameOfItsAnswer(Fault fault) {
        DeviceId phone = phone();
        int before = locks(phone);
        MICROSOFT.faults().next(BATCH, 1, fault);

        DeviceAction done = awaitFinal(lock(phone));

        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(history(done)).contains("SENDING UNCERTAIN", "UNCERTAIN ACCEPTED");
        assertThat(locks(phone)).isEqualTo(before + 1);
    }

    static Stream<Fault> neitherExecutedNorAnswered() {
        return Stream.of(Fault.gateway(502), Fault.gateway(503), new Fault.ResetBefore(), new Fault.DropBefore());
    }

    @ParameterizedTest
    @MethodSource("neitherExecutedNorAnswered")
    void aLockOfWhichNothingIsSeenIsNeverSentAgainByItself(Fault fault) {
        DeviceId phone = phone();
        int before = locks(phone);
        MICROSOFT.faults().next(BATCH, 1, fault);

        DeviceAction doubtful = lock(phone);
        while (doubtful.state() != ActionState.NEEDS_DECISION) {
            actions.actionChanges(NAME, doubtful.revision(), 1, Duration.ofSeconds(5));
            doubtful = actions.action(NAME, doubtful.id());
        }

        assertThat(locks(phone)).isEqualTo(before);
        assertThat(actions.decide(NAME, doubtful.id(), new ActionDecision(ActionDecision.Verdict.GIVE_UP, "bert"))
                .state()).isEqualTo(ActionState.CANCELLED);
    }

    private DeviceAction lock(DeviceId phone) {
        return actions.requestAction(NAME, UUID.randomUUID().toString(),
                new ActionCommand(ActionKind.REMOTE_LOCK, phone, "anna"));
    }

    private static int locks(DeviceId phone) {
        return MICROSOFT.tenant().executions("remoteLock").getOrDefault(phone.value(), 0);
    }

    /** The last device that can be locked; the others of these tests are the first. */
    private static DeviceId phone() {
        return new DeviceId(syncables().filter(id -> MICROSOFT.tenant()
                .device(id)
                .map(device -> device.path("operatingSystem").asString("").equals("iOS"))
                .orElse(false)).reduce((_, last) -> last).orElseThrow());
    }

    @Test
    void aThrottledSyncIsSentWhenGraphAllowsIt() {
        MICROSOFT.faults()
                .next(SYNC, 1, new Fault.Reply(429, Map.of("Retry-After", "1"),
                        "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"An error has occurred.\"}}"));

        DeviceAction done = awaitFinal(order(syncable(), UUID.randomUUID().toString()));

        assertThat(history(done)).startsWith("null QUEUED", "QUEUED SENDING", "SENDING QUEUED", "QUEUED SENDING",
                "SENDING ACCEPTED");
    }

    @Test
    void aSyncThatGraphForbidsIsRefusedAndExplained() {
        MICROSOFT.faults()
                .next(SYNC, 1, new Fault.Reply(403, Map.of(),
                        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Application is not authorized\"}}"));

        DeviceAction refused = awaitFinal(order(syncable(), UUID.randomUUID().toString()));

        assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
        assertThat(refused.problem()).isNotNull()
                .satisfies(problem -> assertThat(problem.remedy()).contains("PrivilegedOperations.All"));
    }

    @Test
    void anActionInterruptedWhileSendingIsResolved() {
        DeviceAction done = awaitFinal(order(syncable(), UUID.randomUUID().toString()));
        jdbc.sql("update device_action set state = 'SENDING' where id = :id").param("id", done.id()).update();

        DeviceAction again = awaitFinal(actions.action(NAME, done.id()));

        assertThat(again.state()).isEqualTo(ActionState.DONE);
        assertThat(history(again)).contains("SENDING UNCERTAIN", "UNCERTAIN ACCEPTED");
    }

    @Test
    void aSyncIsSentOnceAndFollowedUntilTheDeviceCheckedIn() {
        DeviceId device = syncable();
        int before = MICROSOFT.tenant().syncCommands(device.value());

        DeviceAction ordered = order(device, UUID.randomUUID().toString());
        DeviceAction done = awaitFinal(ordered);

        assertThat(ordered.state()).isEqualTo(ActionState.QUEUED);
        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(done.sentAt()).isNotNull();
        assertThat(MICROSOFT.tenant().syncCommands(device.value())).isEqualTo(before + 1);
        assertThat(history(done)).startsWith("null QUEUED", "QUEUED SENDING", "SENDING ACCEPTED")
                .last()
                .asString()
                .endsWith(" DONE");
    }

    @Test
    void theSameKeyAndBodyAnswerTheSameAction() {
        DeviceId device = syncable();
        int before = MICROSOFT.tenant().syncCommands(device.value());
        String key = UUID.randomUUID().toString();

        DeviceAction first = order(device, key);
        DeviceAction second = order(device, key);
        awaitFinal(first);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(order(device, key).state()).isEqualTo(ActionState.DONE);
        assertThat(MICROSOFT.tenant().syncCommands(device.value())).isEqualTo(before + 1);
    }

    @Test
    void theSameKeyForSomethingElseIsAConflict() {
        order(syncable(), "key-of-one");

        ApiCaller.Answer answer = caller.post(API + "/actions",
                command(syncables().skip(1).findFirst().orElseThrow(), "anna"),
                Map.of("Idempotency-Key", "key-of-one"));

        assertProblem(answer, 409, ProblemKind.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void anActionOnAnUnknownDeviceIsRejected() {
        assertProblem(
                caller.post(API + "/actions", command("no-such-device", "anna"), Map.of("Idempotency-Key", "k-1")), 404,
                ProblemKind.UNKNOWN_DEVICE);
    }

    @Test
    void manyActionsAreSentInBatches() {
        List<String> ids = syncables().skip(50).limit(45).toList();
        List<DeviceAction> ordered = ids.stream().map(id -> order(new DeviceId(id), "many-" + id)).toList();

        assertThat(ordered.stream().map(this::awaitFinal)).allSatisfy(
                action -> assertThat(action.state()).isEqualTo(ActionState.DONE));
    }

    @Test
    void theActionFeedEndsWithTheNewestState() {
        DeviceAction done = awaitFinal(order(syncable(), UUID.randomUUID().toString()));

        assertThat(actions.actionChanges(NAME, 0, 5_000, Duration.ZERO).changes()).contains(done);
        assertThat(actions.actionChanges(NAME, done.revision() - 1, 1, Duration.ZERO).changes()).containsExactly(done);
    }

    // ---- who may call, and with what

    @ParameterizedTest
    @ValueSource(strings = {API, API + "/devices/changes", "/", "/nowhere", "/actuator", "/actuator/env",
            "/actuator/beans", "/actuator/heapdump", "/actuator/metrics", "/actuator/health/x/y", "/error"})
    void withoutATokenEverythingElseIsClosed(String path) {
        ApiCaller.Answer answer = anybody.get(path);

        assertProblem(answer, 401, ProblemKind.UNAUTHORIZED);
        assertThat(answer.json().path("detail").asString()).contains("has no bearer token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-token-0123456789abcdef012345678", TOKEN + "x", "x"})
    void aWrongTokenIsNotRepeated(String wrong) {
        ApiCaller.Answer answer = anybody.with(wrong).get(API);

        assertProblem(answer, 401, ProblemKind.UNAUTHORIZED);
        assertThat(answer.body()).doesNotContain("canary").doesNotContain(wrong + "\"");
    }

    @Test
    void everyConfiguredTokenOpens() {
        assertThat(anybody.with(ApiAccess.OLDER_TOKEN).get(API).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
            "/actuator/info", "/actuator/prometheus"})
    void healthInfoAndMetricsAreOpen(String path) {
        ApiCaller.Answer answer = anybody.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("canary").doesNotContain("jdbc:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/configprops",
            "/actuator/shutdown"})
    void otherActuatorsDoNotExistEvenWithAToken(String path) {
        assertProblem(caller.get(path), 404, ProblemKind.UNKNOWN_ADDRESS);
    }

    @Test
    void anUnknownConnectorIsAnsweredWithTheKnownOnes() {
        ApiCaller.Answer answer = caller.get("/api/v1/connectors/IntuneConnector_9");

        assertProblem(answer, 404, ProblemKind.UNKNOWN_CONNECTOR);
        assertThat(answer.json().path("remedy").asString()).contains(NAME);
    }

    @Test
    void anUnknownActionIsAProblem() {
        assertProblem(caller.get(API + "/actions/" + UUID.randomUUID()), 404, ProblemKind.UNKNOWN_ACTION);
    }

    @ParameterizedTest
    @CsvSource({"devices/changes?after=-1,after", "devices/changes?limit=0,limit", "devices/changes?limit=5001,limit",
            "devices/changes?wait=PT61S,wait", "devices/changes?wait=-PT1S,wait", "actions/changes?limit=0,limit",
            "devices/changes?after=x,after", "devices/changes?limit=many,limit", "devices/changes?wait=soon,wait",
            "actions/no-guid,id"})
    void aBadParameterIsNamed(String request, String field) {
        ApiCaller.Answer answer = caller.get(API + "/" + request);

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString("none")).isEqualTo(field);
        assertThat(answer.json().path("errors").path(0).path("reason").asString("")).isNotBlank();
    }

    @Test
    void severalBadParametersAreNamedAtOnce() {
        assertThat(caller.get(API + "/devices/changes?after=-1&limit=0").json().path("errors").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|(body)", "''|(body)", "[]|(body)", "null|(body)", "7|(body)", "{}|*",
            "{\"kind\":\"syncDevice\",\"requestedBy\":\"anna\"}|deviceId",
            "{\"kind\":\"syncDevice\",\"deviceId\":null,\"requestedBy\":\"anna\"}|deviceId",
            "{\"deviceId\":\"d\",\"requestedBy\":\"anna\"}|kind",
            "{\"kind\":\"syncDevice\",\"deviceId\":\"d\"}|requestedBy",
            "{\"kind\":\"format\",\"deviceId\":\"d\",\"requestedBy\":\"anna\"}|kind",
            "{\"kind\":\"syncDevice\",\"deviceId\":\"../x\",\"requestedBy\":\"anna\"}|deviceId",
            "{\"kind\":\"syncDevice\",\"deviceId\":\"d\",\"requestedBy\":\" \"}|requestedBy",
            "{\"kind\":\"syncDevice\",\"deviceId\":{},\"requestedBy\":\"anna\"}|deviceId",
            "{\"kind\":\"syncDevice\",\"deviceId\":\"d\",\"requestedBy\":\"an\\u0000na\"}|requestedBy"})
    void aBrokenBodyIsExplained(String body, String field) {
        ApiCaller.Answer answer = caller.post(API + "/actions", body, Map.of("Idempotency-Key", "broken"));

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        JsonNode error = answer.json().path("errors").path(0);
        assertThat(error.path("field").asString("none") + " " + error.path("reason").asString(""))
                .contains(field.equals("*") ? "" : field);
        assertThat(answer.body()).doesNotContain("io.acmpintune").doesNotContain("jackson");
    }

    @Test
    void anActionWithoutAKeyIsRefused() {
        ApiCaller.Answer answer = caller.post(API + "/actions", command("d", "anna"));

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.body()).contains("Idempotency-Key");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        ApiCaller.Answer answer = caller.post(API + "/actions", command("d", "anna"),
                Map.of("Idempotency-Key", "k".repeat(201)));

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/connectors/x;y=1", "/api//v1", "/api/v1/connectors/%2e%2e/x",
            "/api/v1/connectors/a%2Fb", "/api/v1/connectors/%00"})
    void aStrangeAddressIsRefusedWithoutAStackTrace(String path) {
        ApiCaller.Answer answer = caller.get(path);

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void anotherMediaTypeMethodOrAddressIsAProblemToo() {
        assertProblem(caller.post(API + "/actions", "x", Map.of("Content-Type", "text/plain", "Idempotency-Key", "k")),
                415,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(caller.send("DELETE", API, "", Map.of()), 405, ProblemKind.METHOD_NOT_ALLOWED);
        assertProblem(caller.get("/api/v2"), 404, ProblemKind.UNKNOWN_ADDRESS);
    }

    private static void assertProblem(ApiCaller.Answer answer, int status, ProblemKind kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asString()).isEqualTo("urn:acmp-intune:problem:" + kind.text());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString("")).isNotBlank();
        assertThat(problem.path("remedy").asString("")).isNotBlank();
    }

    /** A device that is in the feed and answers commands. */
    private static DeviceId syncable() {
        return new DeviceId(syncables().findFirst().orElseThrow());
    }

    /** The observed devices are left as they were observed. */
    private static Stream<String> syncables() {
        return MICROSOFT.tenant()
                .ids()
                .stream()
                .filter(id -> !MICROSOFT.tenant().neverChecksIn(id))
                .filter(id -> OBSERVED.valueStream().noneMatch(device -> device.path("id").asString("").equals(id)));
    }

    private DeviceAction order(DeviceId device, String key) {
        return actions.requestAction(NAME, key, new ActionCommand(ActionKind.SYNC_DEVICE, device, "anna"));
    }

    private DeviceAction awaitFinal(DeviceAction action) {
        DeviceAction now = action;
        while (!now.state().isFinal()) {
            actions.actionChanges(NAME, now.revision(), 1_000, Duration.ofSeconds(5));
            now = actions.action(NAME, action.id());
        }
        return now;
    }

    private List<String> history(DeviceAction action) {
        return jdbc.sql("""
                select coalesce(from_state, 'null') || ' ' || to_state from device_action_history
                where action = :action order by at, ctid
                """).param("action", action.id()).query((row, _) -> row.getString(1)).list();
    }

    private static String command(String device, String by) {
        return "{\"kind\":\"syncDevice\",\"deviceId\":\"%s\",\"requestedBy\":\"%s\"}".formatted(device, by);
    }

    private List<DeviceChange> feed() {
        List<DeviceChange> all = new ArrayList<>();
        for (DeviceChanges page = api.deviceChanges(NAME, 0, 100, Duration.ZERO); !page.changes().isEmpty(); page = api
                .deviceChanges(NAME, page.next(), 100, Duration.ZERO)) {
            all.addAll(page.changes());
        }
        return all;
    }

    /** The scan that ran last, once it has ended. */
    private Scan scanned() {
        while (true) {
            Scan scan = api.status(NAME).lastScan();
            if (scan != null && scan.state() != ScanState.RUNNING) {
                return scan;
            }
            Thread.onSpinWait();
        }
    }

    /** No device is about to check in, and what checked in has been read. */
    private void settled() {
        actions.actionChanges(NAME, 0, 5_000, Duration.ZERO).changes().forEach(this::awaitFinal);
        scanAgain();
    }

    private Scan scanAgain() {
        long before = scanned().id();
        api.startScan(NAME);
        Scan now = scanned();
        while (now.id() == before) {
            Thread.onSpinWait();
            now = scanned();
        }
        return now;
    }
}
