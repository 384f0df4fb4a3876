package io.acmpintune.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.StopApi;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.graph.Approval;
import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every action through the whole service against a simulated Intune: what was sent, what was not, and what is reported. */
@ResourceLock(Resources.SYSTEM_OUT)
@Execution(ExecutionMode.CONCURRENT)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ActionServiceTest {

    private static final String NAME = "IntuneConnector_1";
    private static final String CAREFUL = "IntuneConnector_2";
    private static final String CAPPED = "IntuneConnector_3";
    private static final String TOKEN = ApiAccess.TOKEN;
    private static final String UNLOCK_CODE = "739154";
    private static final WipeOptions WIPE = new WipeOptions(false, false, true, null);
    private static final String ITEM = "POST /v1.0/deviceManagement/managedDevices/{id}/";
    private static final Simulator MICROSOFT = simulator();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ApiCaller caller;
    private final ActionApi actions;
    private final StopApi stops;
    private final ConnectorApi api;
    private final JdbcClient jdbc;

    ActionServiceTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.caller = ApiCaller.local(port, TOKEN);
        HttpServiceProxyFactory proxies = HttpServiceProxyFactory
                .builderFor(RestClientAdapter.create(RestClient.builder()
                        .baseUrl("http://127.0.0.1:" + port)
                        .defaultHeader("Authorization", "Bearer " + TOKEN)
                        .build()))
                .build();
        this.actions = proxies.createClient(ActionApi.class);
        this.stops = ApiAccess.stops(port);
        this.api = proxies.createClient(ConnectorApi.class);
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        ApiAccess.configure(registry);
        registry.add("connector.secrets.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
        registry.add("spring.ssl.bundle.pem.microsoft.truststore.certificate",
                () -> "file:" + MICROSOFT.access().ca());
        for (String name : List.of(NAME, CAREFUL, CAPPED)) {
            Map<String, Supplier<Object>> connector = Map.of("tenant-id", () -> MICROSOFT.access().tenantId(),
                    "client-id", () -> MICROSOFT.access().clientId(), "authentication", () -> "client-secret",
                    "client-secret", () -> MICROSOFT.access().clientSecret(), "cloud", () -> "custom",
                    "login-endpoint", MICROSOFT::httpsUrl, "graph-endpoint", MICROSOFT::httpsUrl, "ssl-bundle",
                    () -> "microsoft", "actions.follow-up", () -> "1s");
            connector.forEach((key, value) -> registry.add("intune.connectors." + name + "." + key, value));
        }
        registry.add("intune.connectors." + CAREFUL + ".actions.retires-per-day", () -> 1);
        registry.add("intune.connectors." + CAREFUL + ".actions.enabled", () -> "retire, syncDevice");
        registry.add("intune.connectors." + NAME + ".actions.caps.wipes-per-10m", () -> 50);
        registry.add("intune.connectors." + CAPPED + ".actions.caps.wipes-per-10m", () -> 2);
        registry.add("db-scheduler.polling-interval", () -> "50ms");
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults()
                    .withDevices(400)
                    .withCheckInDelay(Duration.ofMillis(300), Duration.ofMillis(600))
                    .withRoles(Set.of("DeviceManagementManagedDevices.Read.All",
                            "DeviceManagementManagedDevices.ReadWrite.All",
                            "DeviceManagementManagedDevices.PrivilegedOperations.All",
                            "DeviceManagementRBAC.Read.All")));
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator did not start", e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MICROSOFT.close();
    }

    @BeforeEach
    void afterTheFirstScans() {
        for (String name : List.of(NAME, CAREFUL, CAPPED)) {
            for (Scan scan = api.status(name).lastScan(); scan == null
                    || scan.state() == ScanState.RUNNING; scan = api.status(name).lastScan()) {
                Thread.onSpinWait();
            }
        }
        MICROSOFT.tenant().protect(Set.of(), ApprovalStyle.observed());
    }

    // ---- what Intune does

    @Test
    void aLockIsDoneWhenTheDeviceHasAnswered() {
        DeviceAction lock = awaitSettled(order(plain(ActionKind.REMOTE_LOCK, device("iOS"))));

        assertThat(lock.state()).isEqualTo(ActionState.DONE);
        assertThat(executions("remoteLock", lock)).isEqualTo(1);
        assertThat(states(lock)).startsWith("queued", "sending", "accepted").endsWith("done");
    }

    @Test
    void aRetireIsDoneWhenTheDeviceHasLeftIntune() {
        DeviceAction retire = awaitSettled(order(plain(ActionKind.RETIRE, device("iOS"))));

        assertThat(retire.state()).isEqualTo(ActionState.DONE);
        assertThat(executions("retire", retire)).isEqualTo(1);
        assertThat(MICROSOFT.tenant().ids()).doesNotContain(retire.command().deviceId().value());
    }

    @Test
    void aWipeIsSentExactlyAsOrderedAndItsUnlockCodeIsNowhereElse(CapturedOutput output) {
        DeviceId mac = device("macOS");
        DeviceAction wipe = awaitSettled(order(wipe(mac, new WipeOptions(false, false, true, UNLOCK_CODE))));

        assertThat(wipe.state()).isEqualTo(ActionState.DONE);
        assertThat(MICROSOFT.tenant().lastParameters("wipe", mac.value())).get()
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"keepEnrollmentData":false,"keepUserData":false,"persistEsimDataPlan":true,
                         "macOsUnlockCode":"%s"}""".formatted(UNLOCK_CODE)));
        assertThat(caller.get("/api/v1/connectors/" + NAME + "/actions/" + wipe.id()).body())
                .doesNotContain(UNLOCK_CODE);
        assertThat(stored()).doesNotContain(UNLOCK_CODE);
        assertThat(output.getAll()).doesNotContain(UNLOCK_CODE);
    }

    @Test
    void aNotificationIsAcceptedAndItsOutcomeIsNeverReported() {
        DeviceId phone = device("iOS");
        Notification text = new Notification("Hello – Größe", "Please update.\nThank you 📱");
        DeviceAction sent = awaitSettled(
                order(new ActionCommand(ActionKind.SEND_NOTIFICATION, phone, "anna", null, null,
                        null, text)));

        assertThat(sent.state()).isEqualTo(ActionState.ACCEPTED);
        assertThat(sent.settled()).isTrue();
        assertThat(MICROSOFT.tenant().notifications()).filteredOn(n -> n.deviceId().equals(phone.value()))
                .singleElement()
                .satisfies(n -> {
                    assertThat(n.title()).isEqualTo(text.title());
                    assertThat(n.body()).isEqualTo(text.body());
                });
    }

    @Test
    void aFailureOnTheDeviceIsReportedAsInIntune() {
        DeviceId failing = device("iOS");
        DeviceId unable = device("iOS");
        MICROSOFT.tenant().failNext("remoteLock", failing.value(), "failed");
        MICROSOFT.tenant().failNext("remoteLock", unable.value(), "notSupported");

        assertThat(awaitSettled(order(plain(ActionKind.REMOTE_LOCK, failing))).state()).isEqualTo(ActionState.FAILED);
        assertThat(awaitSettled(order(plain(ActionKind.REMOTE_LOCK, unable))).state())
                .isEqualTo(ActionState.NOT_SUPPORTED);
    }

    // ---- what is not sent at all

    @Test
    void whatThePlatformDoesNotKnowIsRefusedWithoutAskingIntune() {
        DeviceAction lock = order(plain(ActionKind.REMOTE_LOCK, device("Windows")));

        assertThat(lock.state()).isEqualTo(ActionState.REFUSED);
        assertThat(kind(lock)).isEqualTo(ProblemKind.PLATFORM_NOT_SUPPORTED);
        assertThat(executions("remoteLock", lock)).isZero();
        assertThat(states(lock)).containsExactly("queued", "refused");
    }

    @Test
    void aSecondLockWaitsForTheEndOfTheFirst() {
        DeviceId phone = device("iOS");
        MICROSOFT.tenant().silence(phone.value());
        DeviceAction first = awaitState(order(plain(ActionKind.REMOTE_LOCK, phone)), ActionState.PENDING);
        DeviceAction second = order(plain(ActionKind.REMOTE_LOCK, phone));

        assertThat(kind(second)).isEqualTo(ProblemKind.ACTION_IN_PROGRESS);
        assertThat(executions("remoteLock", first)).isEqualTo(1);
    }

    @Test
    void theTenantsDailyLimitIsSharedByItsConnectorsAndSaysWhenItMayBeRepeated() {
        awaitSettled(order(plain(ActionKind.RETIRE, device("iOS"))));
        DeviceId second = device("iOS");

        assertThatExceptionOfType(RestClientResponseException.class)
                .isThrownBy(() -> actions.requestAction(CAREFUL, key(), plain(ActionKind.RETIRE, second)))
                .satisfies(limited -> {
                    assertThat(limited.getStatusCode().value()).isEqualTo(429);
                    assertThat(limited.getResponseBodyAsString()).contains("daily-limit", "Order it again after 20");
                    assertThat(Objects.requireNonNull(limited.getResponseHeaders()).getFirst("Retry-After"))
                            .matches("8[56]\\d{3}");
                });
        assertThat(MICROSOFT.tenant().executions("retire")).doesNotContainKey(second.value());
    }

    @Test
    void theDailyLimitOfIntuneIsReportedWithIntunesMessage() {
        MICROSOFT.tenant().limitDaily("wipe", 0);
        try {
            DeviceAction wipe = awaitSettled(order(wipe(device("iOS"), WIPE)));

            assertThat(wipe.state()).isEqualTo(ActionState.REFUSED);
            assertThat(problem(wipe).detail()).containsIgnoringCase("limit");
            assertThat(executions("wipe", wipe)).isZero();
        } finally {
            MICROSOFT.tenant().limitDaily("wipe", 500);
        }
    }

    @Test
    void concurrentOrdersNeverExceedTheConnectorsCap() throws Exception {
        List<DeviceId> phones = Stream.generate(() -> device("iOS")).limit(6).toList();
        List<Callable<DeviceAction>> orders = phones.stream()
                .<Callable<DeviceAction>>map(
                        phone -> () -> actions.requestAction(CAPPED, phone.value(), wipe(phone, WIPE)))
                .toList();

        List<DeviceAction> taken = new ArrayList<>();
        List<Throwable> limited = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(orders.size())) {
            for (Future<DeviceAction> answer : callers.invokeAll(orders)) {
                if (answer.state() == Future.State.SUCCESS) {
                    taken.add(answer.resultNow());
                } else {
                    limited.add(answer.exceptionNow());
                }
            }
        }
        assertThat(taken).hasSize(2);
        assertThat(limited).hasSize(4)
                .allSatisfy(refused -> assertThat(refused)
                        .asInstanceOf(InstanceOfAssertFactories.type(RestClientResponseException.class))
                        .satisfies(answer -> {
                            assertThat(answer.getStatusCode().value()).isEqualTo(429);
                            assertThat(answer.getResponseBodyAsString()).contains("cap-reached",
                                    "Order it again after 20");
                        }));
    }

    @ParameterizedTest
    @CsvSource({"wipe", "retire"})
    void whatDoesNotComeBackIsNotTakenWithoutSayingWhichDeviceIsMeant(String kind) {
        ApiCaller.Answer answer = post(key(), """
                {"kind":"%s","deviceId":"%s","requestedBy":"anna"%s}""".formatted(kind, device("iOS"),
                kind.equals("wipe")
                        ? ",\"wipe\":{\"keepEnrollmentData\":false,\"keepUserData\":false,\"persistEsimDataPlan\":true}"
                        : ""));

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString("")).isEqualTo("expected");
    }

    @Test
    void aDeviceThatIsNotTheOneThatWasSeenIsNotWiped(CapturedOutput output) {
        DeviceId phone = device("iOS");
        ActionCommand command = wipe(phone, WIPE);
        MICROSOFT.tenant()
                .change(phone.value(), JsonMapper.shared().createObjectNode().put("deviceName", "canary-name"));

        DeviceAction refused = awaitSettled(order(command));

        assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
        assertThat(kind(refused)).isEqualTo(ProblemKind.DEVICE_MISMATCH);
        assertThat(problem(refused).detail()).contains("device name").contains("canary-name");
        assertThat(executions("wipe", refused)).isZero();
        assertThat(output.getAll()).doesNotContain("canary-name");
    }

    @Test
    void aStopCancelsWhatWaitsAndWhatComesUntilItIsLifted() {
        DeviceAction ours = putOff(device("iOS"), null, "Workflow_1");
        DeviceAction theirs = putOff(device("iOS"), null, "Workflow_2");

        ActionStop stop = stops.changeStop(NAME, "Workflow_1", new ActionStop.Change(true, "bert", null));

        assertThat(stop.stopped()).isTrue();
        assertThat(stops.stops(NAME)).contains(stop);
        DeviceAction cancelled = actions.action(NAME, ours.id());
        assertThat(cancelled.state()).isEqualTo(ActionState.CANCELLED);
        assertThat(kind(cancelled)).isEqualTo(ProblemKind.EMERGENCY_STOP);
        assertThat(problem(cancelled).detail()).startsWith("Emergency stop: bert stopped the actions of Workflow_1");
        assertThat(actions.action(NAME, theirs.id()).state()).isNotEqualTo(ActionState.CANCELLED);
        DeviceAction later = order(plain(ActionKind.SYNC_DEVICE, device("iOS")).from("Workflow_1"));
        assertThat(later.state()).isEqualTo(ActionState.CANCELLED);
        assertThat(kind(later)).isEqualTo(ProblemKind.EMERGENCY_STOP);

        assertThat(stops.changeStop(NAME, "Workflow_1",
                new ActionStop.Change(false, "carl", stop.decidedAt().minusSeconds(1)))).isEqualTo(stop);
        assertThat(stops.changeStop(NAME, "Workflow_1", new ActionStop.Change(false, "carl", null)).stopped())
                .isFalse();
        assertThat(awaitSettled(order(plain(ActionKind.SYNC_DEVICE, device("iOS")).from("Workflow_1"))).state())
                .isEqualTo(ActionState.DONE);
    }

    @Test
    void aStopOfAllCoversActionsWithoutAWorkflow() {
        stops.changeStop(CAREFUL, ActionStop.ALL, new ActionStop.Change(true, "bert", null));
        try {
            DeviceAction sync = actions.requestAction(CAREFUL, key(), plain(ActionKind.SYNC_DEVICE, device("iOS")));

            assertThat(sync.state()).isEqualTo(ActionState.CANCELLED);
            assertThat(problem(sync).detail()).startsWith("Emergency stop: bert stopped all actions");
            assertThat(stops.stops(CAREFUL)).singleElement().extracting(ActionStop::origin).isEqualTo("*");
        } finally {
            stops.changeStop(CAREFUL, ActionStop.ALL, new ActionStop.Change(false, "bert", null));
        }
    }

    @Test
    void aStopWithoutRequiredFieldsIsInvalidAndAnUnknownConnectorIsNotFound() {
        assertProblem(putStop(NAME, "Workflow_1", "{\"by\":\"bert\"}"), 400, ProblemKind.INVALID_REQUEST);
        assertProblem(putStop(NAME, "Workflow_1", "{\"stopped\":true}"), 400, ProblemKind.INVALID_REQUEST);
        assertProblem(putStop(NAME, "x".repeat(65), "{\"stopped\":true,\"by\":\"bert\"}"), 400,
                ProblemKind.INVALID_REQUEST);
        assertProblem(putStop("nobody", "*", "{\"stopped\":true,\"by\":\"bert\"}"), 404, ProblemKind.UNKNOWN_CONNECTOR);
    }

    @Test
    void whoMayActOrStopCannotLiftAndWhoMayLiftCannotStop() {
        ApiCaller lifting = caller.with(ApiAccess.LIFTING_TOKEN);
        String path = "/api/v1/connectors/" + NAME + "/stops/Workflow_9";
        assertThat(caller.put(path, "{\"stopped\":true,\"by\":\"bert\"}").status()).isEqualTo(200);

        ApiCaller.Answer refused = caller.put(path, "{\"stopped\":false,\"by\":\"bert\"}");

        assertProblem(refused, 403, ProblemKind.FORBIDDEN);
        assertThat(refused.json().path("detail").asString()).contains("lifter");
        assertThat(stops.stops(NAME)).filteredOn(stop -> stop.origin().equals("Workflow_9"))
                .singleElement()
                .extracting(ActionStop::stopped)
                .isEqualTo(true);
        assertProblem(lifting.put(path, "{\"stopped\":true,\"by\":\"bert\"}"), 403, ProblemKind.FORBIDDEN);
        assertThat(lifting.put(path, "{\"stopped\":false,\"by\":\"bert\"}").status()).isEqualTo(200);
        assertProblem(lifting.post("/api/v1/connectors/" + NAME + "/actions", "{}",
                Map.of("Idempotency-Key", "k")), 403, ProblemKind.FORBIDDEN);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndOnlyALifterReturnsIt() {
        ApiCaller lifting = caller.with(ApiAccess.LIFTING_TOKEN);
        String revocation = "{\"identity\":\"token:stolen\",\"reason\":\"lost laptop\"}";
        ApiCaller stolen = caller.with(ApiAccess.SPARE_TOKEN);
        assertThat(stolen.get("/api/v1/connectors/" + NAME).status()).isEqualTo(200);

        assertThat(caller.post("/api/v1/revocations", revocation, Map.of()).status()).isEqualTo(200);

        assertThat(stolen.get("/api/v1/connectors/" + NAME).status()).isEqualTo(401);
        assertProblem(caller.post("/api/v1/revocations/return", revocation, Map.of()), 403, ProblemKind.FORBIDDEN);
        assertThat(lifting.post("/api/v1/revocations/return", revocation, Map.of()).status()).isEqualTo(200);
        assertThat(stolen.get("/api/v1/connectors/" + NAME).status()).isEqualTo(200);
        assertProblem(lifting.post("/api/v1/revocations/return", revocation, Map.of()), 409, ProblemKind.NOT_REVOKED);
    }

    private ApiCaller.Answer putStop(String connector, String origin, String body) {
        return caller.put("/api/v1/connectors/" + connector + "/stops/" + origin, body);
    }

    @Test
    void whatTheConfigurationSwitchesOffIsRefused() {
        DeviceAction lock = actions.requestAction(CAREFUL, key(), plain(ActionKind.REMOTE_LOCK, device("iOS")));

        assertThat(kind(lock)).isEqualTo(ProblemKind.ACTION_DISABLED);
        assertThat(executions("remoteLock", lock)).isZero();
    }

    @Test
    void aQueuedActionIsCancelledAndNeverSent() {
        DeviceId phone = device("iOS");
        DeviceAction queued = putOff(phone);

        DeviceAction cancelled = actions.cancel(NAME, queued.id(), new ActionCancellation("bert"));

        assertThat(cancelled.state()).isEqualTo(ActionState.CANCELLED);
        assertThat(executions("remoteLock", cancelled)).isZero();
        assertThat(actions.history(NAME, queued.id())).last().satisfies(event -> {
            assertThat(event.by()).isEqualTo("bert");
            assertThat(event.from()).isEqualTo(ActionState.QUEUED);
        });
        assertProblem(caller.post(path(queued) + "/cancellation", "{\"cancelledBy\":\"bert\"}"), 409,
                ProblemKind.ACTION_STATE);
    }

    @Test
    void anExpiredActionIsNotSent() {
        DeviceAction late = putOff(device("iOS"), Instant.now().plusSeconds(3));

        DeviceAction expired = awaitSettled(late);

        assertThat(expired.state()).isEqualTo(ActionState.EXPIRED);
        assertThat(executions("remoteLock", expired)).isZero();
    }

    @Test
    void anOrderThatIsTooLateAlreadyIsStoredAsExpiredAndNotSent() {
        ActionCommand command = new ActionCommand(ActionKind.REMOTE_LOCK, device("iOS"), "anna", null,
                Instant.parse("2020-01-01T00:00:00Z"), null, null);
        String key = key();

        DeviceAction late = actions.requestAction(NAME, key, command);

        assertThat(late.state()).isEqualTo(ActionState.EXPIRED);
        assertThat(kind(late)).isEqualTo(ProblemKind.ACTION_EXPIRED);
        assertThat(actions.requestAction(NAME, key, command).id()).isEqualTo(late.id());
        assertThat(executions("remoteLock", late)).isZero();
    }

    @Test
    void aRepeatedOrderCanOnlyMakeTheActionExpireEarlier() {
        DeviceAction waiting = putOff(device("iOS"));
        String key = jdbc.sql("select idempotency_key from device_action where id = :id")
                .param("id", waiting.id())
                .query(String.class)
                .single();

        actions.requestAction(NAME, key, waiting.command().expiring(Instant.now().plus(Duration.ofDays(30))));
        assertThat(actions.action(NAME, waiting.id()).state()).isEqualTo(ActionState.QUEUED);
        actions.requestAction(NAME, key, waiting.command().expiring(Instant.EPOCH));

        assertThat(awaitSettled(waiting).state()).isEqualTo(ActionState.EXPIRED);
        assertThat(executions("remoteLock", waiting)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"kind\":\"wipe\"|wipe is missing",
            "\"kind\":\"wipe\",\"wipe\":{\"keepUserData\":true}|must each be true or false",
            "\"kind\":\"wipe\",\"wipe\":{\"keepEnrollmentData\":true,\"keepUserData\":true,\"persistEsimDataPlan\":true,\"macOsUnlockCode\":\"12\"}|six digits",
            "\"kind\":\"retire\",\"wipe\":{\"keepEnrollmentData\":true,\"keepUserData\":true,\"persistEsimDataPlan\":true}|the kind is retire",
            "\"kind\":\"sendNotification\"|notification is missing",
            "\"kind\":\"sendNotification\",\"notification\":{\"title\":\"\",\"body\":\"x\"}|title must have 1 to 50",
            "\"kind\":\"sendNotification\",\"notification\":{\"title\":\"x\"}|body must have 1 to 500"})
    void wrongParametersAreNamed(String command, String reason) {
        ApiCaller.Answer answer = post(key(),
                "{%s,\"deviceId\":\"%s\",\"requestedBy\":\"anna\"}".formatted(command, device("iOS")));

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("reason").asString("")).contains(reason);
    }

    @Test
    void theSameKeyWithAnotherUnlockCodeIsAnotherOrder() {
        DeviceId mac = device("macOS");
        String key = key();
        DeviceAction first = actions.requestAction(NAME, key, wipe(mac, WIPE.withCode("111111")));

        assertThat(actions.requestAction(NAME, key, wipe(mac, WIPE.withCode("111111"))).id()).isEqualTo(first.id());
        for (WipeOptions other : List.of(WIPE.withCode("222222"), WIPE)) {
            assertThatThrownBy(() -> actions.requestAction(NAME, key, wipe(mac, other)))
                    .isInstanceOf(HttpClientErrorException.Conflict.class);
        }
    }

    @Test
    void anUnreadableUnlockCodeRefusesOnlyItsOwnWipe() {
        MICROSOFT.faults()
                .next(ITEM + "wipe", 1, new Fault.Reply(429, Map.of("Retry-After", "3"),
                        "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"An error has occurred.\"}}"));
        DeviceAction wipe = order(wipe(device("macOS"), WIPE.withCode("111111")));
        while (!states(wipe).equals(List.of("queued", "sending", "queued"))) {
            actions.actionChanges(NAME, wipe.revision(), 1, Duration.ofSeconds(1));
        }
        jdbc.sql("update device_action set unlock_code = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' where id = :id")
                .param("id", wipe.id())
                .update();
        DeviceAction sync = awaitSettled(order(plain(ActionKind.SYNC_DEVICE, device("iOS"))));

        assertThat(kind(awaitSettled(wipe))).isEqualTo(ProblemKind.UNLOCK_CODE_UNREADABLE);
        assertThat(executions("wipe", wipe)).isZero();
        assertThat(sync.state()).isEqualTo(ActionState.DONE);
    }

    // ---- lost answers

    @Test
    void aWipeWhoseAnswerIsLostIsFoundAtTheDeviceAndNeverSentAgain() {
        MICROSOFT.faults().next(ITEM + "wipe", 1, new Fault.DropAfter());

        DeviceAction wipe = awaitSettled(order(wipe(device("iOS"), WIPE)));

        assertThat(wipe.state()).isEqualTo(ActionState.DONE);
        assertThat(states(wipe)).containsSubsequence("sending", "uncertain", "accepted");
        assertThat(executions("wipe", wipe)).isEqualTo(1);
    }

    @Test
    void aLockOfWhichNothingIsSeenWaitsForAPersonWhoMaySendItAgain() {
        MICROSOFT.faults().next(ITEM + "remoteLock", 1, new Fault.DropBefore());
        DeviceAction doubtful = awaitState(order(plain(ActionKind.REMOTE_LOCK, device("iOS"))),
                ActionState.NEEDS_DECISION);
        assertThat(executions("remoteLock", doubtful)).isZero();

        actions.decide(NAME, doubtful.id(), new ActionDecision(ActionDecision.Verdict.SEND_AGAIN, "bert"));

        DeviceAction done = awaitSettled(doubtful);
        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(executions("remoteLock", done)).isEqualTo(1);
        assertThat(actions.history(NAME, done.id())).anySatisfy(event -> {
            assertThat(event.from()).isEqualTo(ActionState.NEEDS_DECISION);
            assertThat(event.by()).isEqualTo("bert");
            assertThat(event.note()).isEqualTo("send-again");
        });
        assertProblem(caller.post(path(done) + "/decision", "{\"verdict\":\"taken\",\"decidedBy\":\"bert\"}"), 409,
                ProblemKind.ACTION_STATE);
    }

    @Test
    void aNotificationWhoseAnswerIsLostIsNeverSentAgainByItself() {
        MICROSOFT.faults()
                .next("POST /beta/deviceManagement/managedDevices/{id}/sendCustomNotificationToCompanyPortal", 1,
                        new Fault.DropAfter());
        DeviceId phone = device("iOS");
        DeviceAction doubtful = awaitState(order(new ActionCommand(ActionKind.SEND_NOTIFICATION, phone, "anna", null,
                null, null, new Notification("Hello", "You"))), ActionState.NEEDS_DECISION);

        DeviceAction given = actions.decide(NAME, doubtful.id(),
                new ActionDecision(ActionDecision.Verdict.GIVE_UP, "bert"));

        assertThat(given.state()).isEqualTo(ActionState.CANCELLED);
        assertThat(MICROSOFT.tenant().notifications()).filteredOn(n -> n.deviceId().equals(phone.value())).hasSize(1);
    }

    // ---- Multi Admin Approval

    @ParameterizedTest
    @CsvSource({"400,IN_HEADER,FILTERED", "403,IN_MESSAGE,UNFILTERED", "412,IN_BOTH,UNFILTERED_BY_ID"})
    void whatIntuneWantsApprovedWaitsAndIsSentOnceWhenApproved(int status, ApprovalStyle.Code code,
            ApprovalStyle.Lookup lookup) {
        MICROSOFT.tenant().protect(Set.of("wipe"), new ApprovalStyle(status, code, lookup));
        DeviceId stolen = device("iOS");
        DeviceAction waiting = awaitState(
                order(expecting(new ActionCommand(ActionKind.WIPE, stolen, "anna", "stolen in Köln", null, WIPE,
                        null))),
                ActionState.AWAITING_APPROVAL);
        Approval asked = approval(waiting);
        assertThat(executions("wipe", waiting)).isZero();
        assertThat(waiting.approval()).isNotNull().satisfies(wanted -> {
            assertThat(wanted.code()).isEqualTo(asked.code());
            assertThat(wanted.expiresAt()).isBetween(Instant.now().plus(Duration.ofDays(2)),
                    Instant.now().plus(Duration.ofDays(3)));
        });
        assertThat(asked.justification()).startsWith("stolen in Köln")
                .contains("anna")
                .contains(
                        waiting.id().toString());

        MICROSOFT.tenant().approve(asked.code());

        DeviceAction done = awaitSettled(waiting);
        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(executions("wipe", done)).isEqualTo(1);
        assertThat(states(done)).containsSubsequence("sending", "awaiting-approval", "sending", "accepted", "done");
        assertThat(approval(done).status()).isEqualTo(Approval.Status.COMPLETED);
    }

    @Test
    void aLostApprovalCodeIsFoundAgain() {
        MICROSOFT.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        MICROSOFT.faults().next(ITEM + "wipe", 1, new Fault.DropAfter());
        // nor is it when the requests for approval cannot be read at once
        MICROSOFT.faults()
                .next("GET /beta/deviceManagement/operationApprovalRequests", 1, new Fault.Reply(503, Map.of(), ""));
        DeviceAction waiting = awaitState(order(wipe(device("iOS"), WIPE)), ActionState.AWAITING_APPROVAL);

        MICROSOFT.tenant().approve(approval(waiting).code());

        DeviceAction done = awaitSettled(waiting);
        assertThat(done.state()).isEqualTo(ActionState.DONE);
        assertThat(states(done)).containsSubsequence("uncertain", "awaiting-approval", "sending", "accepted");
        assertThat(executions("wipe", done)).isEqualTo(1);
    }

    @Test
    void aRejectedApprovalRefusesTheActionAndACancelledOneToo() {
        MICROSOFT.tenant().protect(Set.of("retire"), ApprovalStyle.observed());
        DeviceAction rejected = awaitState(order(plain(ActionKind.RETIRE, device("iOS"))),
                ActionState.AWAITING_APPROVAL);
        DeviceAction cancelled = awaitState(order(plain(ActionKind.RETIRE, device("iOS"))),
                ActionState.AWAITING_APPROVAL);

        MICROSOFT.tenant().reject(approval(rejected).code());
        MICROSOFT.tenant().cancel(approval(cancelled).code());

        assertThat(kind(awaitSettled(rejected))).isEqualTo(ProblemKind.APPROVAL_REJECTED);
        assertThat(kind(awaitSettled(cancelled))).isEqualTo(ProblemKind.APPROVAL_CANCELLED);
        assertThat(executions("retire", rejected) + executions("retire", cancelled)).isZero();
    }

    // ---- the PIN of a lock

    @Test
    void thePinOfALockIsToldOnceToWhoOrderedItAndIsStoredNowhere(CapturedOutput output) {
        DeviceAction lock = awaitSettled(order(plain(ActionKind.REMOTE_LOCK, device("macOS"))));
        assertThat(lock.state()).isEqualTo(ActionState.DONE);

        assertProblem(askPin(lock, "bert"), 403, ProblemKind.UNLOCK_PIN_FORBIDDEN);
        String pin = askPin(lock, "anna").json().path("value").asString("");
        assertProblem(askPin(lock, "anna"), 409, ProblemKind.UNLOCK_PIN_SHOWN);

        assertThat(pin).matches("[0-9]{6}");
        assertThat(stored()).doesNotContain(pin);
        assertThat(output.getAll()).doesNotContain(pin);
        assertThat(actions.history(NAME, lock.id())).last()
                .satisfies(event -> assertThat(event.note()).isEqualTo("the unlock PIN was disclosed"));
    }

    @Test
    void aPhoneHasNoPin() {
        assertProblem(askPin(awaitSettled(order(plain(ActionKind.REMOTE_LOCK, device("iOS")))), "anna"), 404,
                ProblemKind.NO_UNLOCK_PIN);
    }

    // ---- history

    @Test
    void theHistoryContainsPersonTimeAndIntunesRequestId() {
        DeviceAction sync = awaitSettled(order(plain(ActionKind.SYNC_DEVICE, device("iOS"))));

        List<ActionEvent> history = actions.history(NAME, sync.id());

        assertThat(history.getFirst().by()).isEqualTo("anna");
        assertThat(history).filteredOn(event -> event.to() == ActionState.ACCEPTED)
                .singleElement()
                .satisfies(event -> assertThat(event.requestId()).isNotBlank());
        assertThat(history).extracting(ActionEvent::at).isSorted();
    }

    // ---- helpers

    /** A device of its own for each test, since a wiped one is gone. */
    private static DeviceId device(String system) {
        List<String> fitting = MICROSOFT.tenant()
                .ids()
                .stream()
                .filter(id -> !MICROSOFT.tenant().neverChecksIn(id))
                .filter(id -> MICROSOFT.tenant()
                        .device(id)
                        .map(device -> device.path("operatingSystem").asString("").equals(system))
                        .orElse(false))
                .toList();
        return new DeviceId(fitting.get(6 + NEXT.getAndIncrement() % (fitting.size() - 6)));
    }

    private static ActionCommand plain(ActionKind kind, DeviceId device) {
        ActionCommand command = new ActionCommand(kind, device, "anna");
        return Impact.greatest(kind) == Impact.DESTRUCTIVE ? expecting(command) : command;
    }

    private static ActionCommand expecting(ActionCommand command) {
        return new ActionCommand(command.kind(), command.deviceId(), command.requestedBy(), command.justification(),
                command.expiresAt(), command.wipe(), command.notification(), command.origin(),
                seen(command.deviceId()));
    }

    private static ActionCommand wipe(DeviceId device, WipeOptions options) {
        return expecting(new ActionCommand(ActionKind.WIPE, device, "anna", null, null, options, null));
    }

    /** The device as an operator would see it. */
    private static ExpectedDevice seen(DeviceId device) {
        JsonNode row = MICROSOFT.tenant().device(device.value()).orElseThrow();
        return new ExpectedDevice(row.path("serialNumber").asString(""), row.path("deviceName").asString(""),
                row.path("userPrincipalName").asString(""),
                new OwnerType(row.path("managedDeviceOwnerType").asString("")));
    }

    private DeviceAction order(ActionCommand command) {
        return actions.requestAction(NAME, key(), command);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    /** A lock that Intune has put off for a while. */
    private DeviceAction putOff(DeviceId phone) {
        return putOff(phone, null);
    }

    private DeviceAction putOff(DeviceId phone, @Nullable Instant expires) {
        return putOff(phone, expires, "Workflow_1");
    }

    private DeviceAction putOff(DeviceId phone, @Nullable Instant expires, String origin) {
        MICROSOFT.faults()
                .next(ITEM + "remoteLock", 1, new Fault.Reply(429, Map.of("Retry-After", "3"),
                        "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"An error has occurred.\"}}"));
        DeviceAction ordered = order(
                new ActionCommand(ActionKind.REMOTE_LOCK, phone, "anna", null, expires, null, null, origin, null));
        while (!states(ordered).equals(List.of("queued", "sending", "queued"))) {
            actions.actionChanges(NAME, ordered.revision(), 1, Duration.ofSeconds(1));
        }
        return actions.action(NAME, ordered.id());
    }

    private DeviceAction awaitState(DeviceAction action, ActionState state) {
        return await(action, now -> now.state() == state || now.settled(), state);
    }

    private DeviceAction awaitSettled(DeviceAction action) {
        return await(action, DeviceAction::settled, null);
    }

    private DeviceAction await(DeviceAction action, Predicate<DeviceAction> reached, @Nullable ActionState wanted) {
        DeviceAction now = actions.action(NAME, action.id());
        while (!reached.test(now)) {
            actions.actionChanges(NAME, now.revision(), 1, Duration.ofSeconds(5));
            now = actions.action(NAME, action.id());
        }
        if (wanted != null) {
            assertThat(now.state()).as(states(now).toString()).isEqualTo(wanted);
        }
        return now;
    }

    private static int executions(String action, DeviceAction of) {
        return MICROSOFT.tenant().executions(action).getOrDefault(of.command().deviceId().value(), 0);
    }

    private static Approval approval(DeviceAction action) {
        return MICROSOFT.tenant()
                .approvals()
                .stream()
                .filter(asked -> asked.justification().contains(action.id().toString()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> states(DeviceAction action) {
        return jdbc.sql("select to_state from device_action_history where action = :action order by id")
                .param("action", action.id())
                .query((row, _) -> ActionState.valueOf(row.getString(1)).text())
                .list();
    }

    /** Everything in the connector's tables, as text. */
    private String stored() {
        return String.join("\n",
                jdbc.sql("select to_jsonb(device_action)::text from device_action").query(String.class).list())
                + String.join("\n", jdbc.sql("select to_jsonb(device_action_history)::text from device_action_history")
                        .query(String.class)
                        .list())
                + String.join("\n", jdbc.sql("select body::text from device").query(String.class).list());
    }

    private static Problem problem(DeviceAction action) {
        return Objects.requireNonNull(action.problem(), "it has a problem");
    }

    private static ProblemKind kind(DeviceAction action) {
        return problem(action).kind();
    }

    private static String path(DeviceAction action) {
        return "/api/v1/connectors/" + NAME + "/actions/" + action.id();
    }

    private ApiCaller.Answer post(String key, String body) {
        return caller.post("/api/v1/connectors/" + NAME + "/actions", body, Map.of("Idempotency-Key", key));
    }

    private ApiCaller.Answer askPin(DeviceAction lock, String person) {
        return caller.post(path(lock) + "/unlock-pin", "{\"requestedBy\":\"" + person + "\"}");
    }

    private static void assertProblem(ApiCaller.Answer answer, int status, ProblemKind kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:acmp-intune:problem:" + kind.text());
        assertThat(answer.json().path("remedy").asString("")).isNotBlank();
    }
}
