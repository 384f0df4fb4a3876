package io.acmpintune.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.ExpectedInAcmp;
import io.acmpintune.engine.matching.ClientIds;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service: a dictated connector, a simulated SICS and ACMP over TLS with a private CA, and its own API. It ends with
 * this class, because it would go on looking for all of them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class EngineServiceTest {

    private static final String TOKEN = "canary-api-token-0123456789abcdef0123";
    private static final String ADMINISTRATOR_TOKEN = "canary-administrator-token-0123456789";
    private static final String OLDER_TOKEN = "canary-older-token-0123456789abcdef01";
    private static final String QUERY_ACTIONS = "/api/v1/query-actions";
    private static final String WORKFLOW = "/api/v1/workflows/" + TestWorkflows.NAME;
    private static final ConnectorStub CONNECTOR = connector();
    private static final Simulator WORLD = simulator();

    private final ApiCaller anybody;
    private final ApiCaller caller;
    private final int port;

    EngineServiceTest(@LocalServerPort int port) {
        this.port = port;
        this.anybody = ApiCaller.local(port, null);
        this.caller = ApiCaller.local(port, TOKEN);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        registry.add("engine.api.tokens[0]", () -> OLDER_TOKEN);
        registry.add("engine.api.tokens[1]", () -> TOKEN);
        registry.add("engine.api.tokens[2].name", () -> "ada");
        registry.add("engine.api.tokens[2].role", () -> "administrator");
        registry.add("engine.api.tokens[2].token", () -> ADMINISTRATOR_TOKEN);
        registry.add("spring.ssl.bundle.pem.sics.truststore.certificate", () -> "file:" + WORLD.access().ca());
        registry.add("acmp.sics.url", WORLD::httpsUrl);
        registry.add("acmp.sics.username", WORLD.access()::sicsUser);
        registry.add("acmp.sics.password", WORLD.access()::sicsPassword);
        registry.add("acmp.sics.ssl-bundle", () -> "sics");
        registry.add("acmp.servers.ACMP-1.virtual-router", () -> "acmp");
        registry.add("acmp.servers.ACMP-1.routing-key", () -> "acmp");
        String workflow = "acmp.workflows." + TestWorkflows.NAME + ".";
        registry.add(workflow + "connector", () -> "IntuneConnector_1");
        registry.add(workflow + "connector-url", CONNECTOR::address);
        TestWorkflows.TOKENS.forEach((name, token) -> registry.add(workflow + name, () -> token));
        for (String field : List.of("user-name", "mail", "phone-number")) {
            registry.add(workflow + "personal-devices." + field, () -> true);
        }
    }

    private static ConnectorStub connector() {
        ConnectorStub connector = ConnectorStub.start();
        connector.devices(Devices.observed());
        connector.actions(ConnectorStub.FEED, 0, 0, List.of());
        for (Device device : Devices.observed()) {
            connector.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                    .withRequestBody(matchingJsonPath("$[?(@.deviceId == '" + device.id() + "')]"))
                    .willReturn(okJson(JsonMapper.shared()
                            .writeValueAsString(action(1, device.id(), ActionState.ACCEPTED)))));
        }
        return connector;
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator did not start", e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        WORLD.close();
        CONNECTOR.close();
    }

    @BeforeEach
    void afterTheFirstImport() {
        await(() -> server().path("acknowledged").asInt() == 6);
    }

    // ---- the main job

    @Test
    void theObservedDevicesArriveWholeInAcmp() {
        assertThat(WORLD.acmp("ACMP-1").clientCount()).isEqualTo(6);
        ExpectedInAcmp.all().forEach((device, expected) -> {
            String client = AcmpGuid.write(client(device));
            assertThat(WORLD.acmp("ACMP-1").client(client).orElseThrow())
                    .containsExactlyInAnyOrderEntriesOf(expected.client());
            assertThat(WORLD.acmp("ACMP-1").mobileDevice(client).orElseThrow())
                    .containsExactlyInAnyOrderEntriesOf(expected.mobileDevice());
        });
    }

    @Test
    void theWorkflowTellsHowItsServerFares() {
        JsonNode workflow = caller.get("/api/v1/workflows").json().path(0);

        assertThat(workflow.path("name").asString()).isEqualTo(TestWorkflows.NAME);
        assertThat(workflow.path("connector").asString()).isEqualTo("IntuneConnector_1");
        assertThat(server().path("server").asString()).isEqualTo("ACMP-1");
        assertThat(server().path("clients").asInt()).isEqualTo(6);
        assertThat(server().path("parked").asInt()).isZero();
        assertThat(server().has("problem")).isFalse();
        assertThat(Instant.parse(server().path("lastSuccess").asString())).isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void theClientsAreListedInPages() {
        List<String> seen = new ArrayList<>();
        JsonNode page = caller.get("/api/v1/clients?limit=4").json();
        page.path("clients").forEach(client -> seen.add(client.path("device").asString()));
        assertThat(seen).hasSize(4);

        page = caller.get("/api/v1/clients?limit=4&after=" + page.path("next").asString()).json();
        page.path("clients").forEach(client -> seen.add(client.path("device").asString()));

        assertThat(page.has("next")).isFalse();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ExpectedInAcmp.all().keySet());
        assertThat(page.path("clients").path(0).path("acknowledged").path(0).asString()).isEqualTo("ACMP-1");
    }

    // ---- plan, runs, holds, parked clients

    @Test
    void thePlanOfWhatAcmpKnowsIsThatNothingIsToDo() {
        JsonNode plan = caller.post(WORKFLOW + "/plan", "", Map.of()).json().path("servers").path(0);

        assertThat(plan.path("server").asString()).isEqualTo("ACMP-1");
        assertThat(plan.path("counts").toString()).isEqualTo("{\"UNCHANGED\":6}");
        assertThat(plan.path("notLookedUp").asInt()).isZero();
        assertThat(plan.path("items").size()).isZero();
    }

    @Test
    void aRunThatIsAskedForIsFollowedToItsEnd() {
        ApiCaller.Answer asked = caller.post(WORKFLOW + "/runs", "{\"requestedBy\":\" Ada \"}", Map.of());

        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        String run = WORKFLOW + "/runs/" + asked.json().path("runs").path(0).path("id").asString();
        await(() -> caller.get(run).json().path("state").asString().equals("FINISHED"));
        JsonNode done = caller.get(run).json();
        assertThat(done.path("requestedBy").asString()).isEqualTo("Ada");
        assertThat(done.path("planned").path("UNCHANGED").asInt()).isEqualTo(6);
        assertThat(done.has("problem")).isFalse();
        JsonNode page = caller.get(WORKFLOW + "/runs?server=ACMP-1&limit=1").json();
        assertThat(page.path("runs").size()).isEqualTo(1);
        assertThat(page.has("next")).isTrue();
    }

    @Test
    void holdsAndParkedClientsAreListed() {
        assertThat(caller.get(WORKFLOW + "/holds").json().size()).isZero();
        assertThat(caller.get(WORKFLOW + "/parked?reason=licence").json().path("clients").size()).isZero();
        assertThat(caller.post(WORKFLOW + "/parked/retry", "{\"code\":32}", Map.of()).json().path("clients").asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /plan?limit=0&server=nobody   |                          | 400 | limit,server
            POST | /plan?kind=EVERYTHING         |                          | 400 | kind
            POST | /runs                         | {}                       | 400 | requestedBy
            POST | /runs                         | {"requestedBy":" "}      | 400 | requestedBy
            GET  | /runs?limit=1001&server=x     |                          | 400 | limit,server
            GET  | /runs/00000000-0000-0000-0000-000000000009 |             | 404 |
            GET  | /holds/00000000-0000-0000-0000-000000000009 |            | 404 |
            POST | /holds/00000000-0000-0000-0000-000000000009/decision | {} | 400 | release,decidedBy
            POST | /holds/00000000-0000-0000-0000-000000000009/decision | {"release":true,"decidedBy":"Ada"} | 404 |
            GET  | /parked?after=nonsense        |                          | 400 | after
            POST | /parked/retry                 | {"clientIds":["x"]}      | 400 | clientIds[0]
            """)
    void aWrongRequestToPublishingIsRefusedWithEveryFault(String method, String path, @Nullable String body,
            int status, @Nullable String fields) {
        ApiCaller.Answer answer = method.equals("GET")
                ? caller.get(WORKFLOW + path)
                : ApiCaller.local(port, path.startsWith("/holds") ? ADMINISTRATOR_TOKEN : TOKEN)
                        .post(WORKFLOW + path,
                                body == null ? "" : body, Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("remedy").asString()).isNotBlank();
        assertThat(String.join(",", answer.wrongFields())).isEqualTo(fields == null ? "" : fields);
    }

    @Test
    void aTextWithANulIsRefusedAsTheCallersMistake() {
        ApiCaller.Answer answer = caller.get("/api/v1/jobs?requestedBy=a%00b");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:acmp-intune:problem:invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs", "/holds", "/parked"})
    void anUnknownWorkflowIsToldWithThoseThereAre(String path) {
        ApiCaller.Answer answer = caller.get("/api/v1/workflows/nobody" + path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("remedy").asString()).contains(TestWorkflows.NAME);
    }

    @Test
    void aQueryActionBecomesAJobThatIsHandedOverAndFollowed() {
        List<String> devices = List.copyOf(ExpectedInAcmp.all().keySet()).subList(0, 2);
        ApiCaller.Answer started = caller.post(QUERY_ACTIONS, request(devices.stream()
                .map(device -> AcmpGuid.write(client(device)))
                .toList()), Map.of("Idempotency-Key", "from-acmp-1"));

        assertThat(started.status()).as(started.body()).isEqualTo(202);
        assertThat(started.json().path("queryAction").asString()).isEqualTo("SynchronizeIntuneDevices");
        assertThat(started.location()).isEqualTo("/api/v1/jobs/" + started.json().path("id").asString());
        await(() -> caller.get(started.location()).json().path("state").asString().equals("FINISHED"));
        assertThat(caller.get(started.location()).json().path("outcome").path("accepted").asInt()).isEqualTo(2);

        CONNECTOR.actions(ConnectorStub.FEED, 0, 9,
                devices.stream().map(device -> action(9, new DeviceId(device), ActionState.DONE)).toList());
        CONNECTOR.actions(ConnectorStub.FEED, 9, 9, List.of());
        await(() -> caller.get(started.location()).json().path("outcome").path("done").asInt() == 2);

        ApiCaller.Answer again = caller.post(QUERY_ACTIONS, request(devices.stream()
                .map(device -> AcmpGuid.write(client(device)))
                .toList()), Map.of("Idempotency-Key", "from-acmp-1"));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("id")).isEqualTo(started.json().path("id"));
        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS)))).isEqualTo(2);

        ApiCaller.Answer other = caller.post(QUERY_ACTIONS,
                request(List.of(AcmpGuid.write(client(devices.getFirst())))),
                Map.of("Idempotency-Key", "from-acmp-1"));
        assertProblem(other, 409, ProblemKind.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void aClientThatIsNoneOfOursIsRefusedInTheJob() {
        ApiCaller.Answer started = caller.post(QUERY_ACTIONS, request(List.of(UUID.randomUUID().toString())), Map.of());

        assertThat(started.status()).isEqualTo(202);
        assertThat(started.json().path("state").asString()).isEqualTo("FINISHED");
        JsonNode target = started.json().path("targets").path(0);
        assertThat(target.path("state").asString()).isEqualTo("refused");
        assertThat(target.path("problem").path("type").asString()).isEqualTo("urn:acmp-intune:problem:unknown-client");
        assertThat(target.path("problem").path("remedy").asString()).isNotEmpty();
    }

    @Test
    void aDeviceTellsWhichClientItIsAndWhyAndAnOperatorCanSayOtherwise() {
        String path = "/api/v1/devices/" + TestWorkflows.NAME + "/" + ExpectedInAcmp.all().keySet().iterator().next();
        ApiCaller.Answer before = caller.get(path);
        assertThat(before.status()).as(before.body()).isEqualTo(200);
        assertThat(before.json().path("state").asString()).isEqualTo("linked");
        assertThat(before.json().path("explanation").asString()).contains("a client was made for it");
        assertThat(before.json().path("history")).hasSize(1);

        ApiCaller.Answer decided = caller.post(path + "/decision", """
                {"verdict":"split","decidedBy":"CONTOSO\\\\anna"}
                """, Map.of());

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.json().path("clientId")).isEqualTo(before.json().path("clientId"));
        assertThat(decided.json().path("decision").path("decidedBy").asString()).isEqualTo("CONTOSO\\anna");
        assertThat(caller.post(path + "/decision", "{\"verdict\":\"undo\",\"decidedBy\":\"anna\"}", Map.of()).status())
                .isEqualTo(200);
        assertThat(caller.get("/api/v1/conflicts").json().path("conflicts")).isEmpty();
    }

    @Test
    void aPreviewTellsWhoWouldBeReachedAndDoesNothing() {
        String device = ExpectedInAcmp.all().keySet().iterator().next();
        ApiCaller.Answer answer = caller.post(QUERY_ACTIONS + "/preview?show=refused&limit=5", """
                {"queryAction":"SynchronizeIntuneDevices","clientIds":["%s","%s"]}
                """.formatted(client(device), new UUID(7, 7)), Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("clients").asInt()).isEqualTo(2);
        assertThat(answer.json().path("reached").asInt()).isEqualTo(1);
        assertThat(answer.json().path("refusals").path("unknown-client").asInt()).isEqualTo(1);
        assertThat(answer.json().path("targets").path(0).path("clientId").asString())
                .isEqualTo(new UUID(7, 7).toString());
        assertProblem(caller.post(QUERY_ACTIONS + "/preview?show=nobody", """
                {"queryAction":"SynchronizeIntuneDevices","filter":{}}
                """, Map.of()), 400, ProblemKind.INVALID_REQUEST);
    }

    @Test
    void jobsAreListedTheNewestFirstAndTheirTargetsReadInPagesAndAsCsv() {
        List<String> ids = List.of(new UUID(8, 1).toString(), new UUID(8, 2).toString(), new UUID(8, 3).toString());
        String job = caller.post(QUERY_ACTIONS, request(ids), Map.of()).location();

        JsonNode newest = caller.get("/api/v1/jobs?limit=1&action=SynchronizeIntuneDevices&state=finished").json();
        assertThat(newest.path("jobs")).hasSize(1);
        assertThat(newest.path("next").asString()).isEqualTo(newest.path("jobs").path(0).path("id").asString());
        JsonNode page = caller.get(job + "/targets?limit=2&state=refused").json();
        assertThat(page.path("targets")).hasSize(2);
        assertThat(caller.get(job + "/targets?limit=2&after=" + page.path("next").asString()).json().path("targets"))
                .hasSize(1);
        ApiCaller.Answer csv = caller.get(job + "/targets.csv");
        assertThat(csv.type()).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(4).first().asString().startsWith("clientId,device,name");
        assertThat(caller.get(job + "/targets/" + ids.getFirst()).json().path("history")).isEmpty();
        assertProblem(caller.get("/api/v1/jobs?state=exploded"), 400, ProblemKind.INVALID_REQUEST);
        assertProblem(caller.get("/api/v1/jobs?from=yesterday"), 400, ProblemKind.INVALID_REQUEST);
        assertProblem(caller.post(job + "/cancellation", "", Map.of()), 409, ProblemKind.JOB_FINISHED);
        assertProblem(caller.post(job + "/retry", "{\"requestedBy\":\"anna\"}", Map.of()), 409,
                ProblemKind.NOTHING_TO_RETRY);
    }

    @Test
    void theEventsOfAJobEndWithItAndGoOnWhereAReaderLeftThem() {
        String job = caller.post(QUERY_ACTIONS, request(List.of(new UUID(9, 1).toString(), new UUID(9, 2).toString())),
                Map.of()).location();

        ApiCaller.Answer stream = caller.get(job + "/events");
        assertThat(stream.type()).startsWith("text/event-stream");
        assertThat(stream.body()).contains("event: job\n", "\"state\":\"FINISHED\"", "event: end\n")
                .doesNotContain("event: targets");

        ApiCaller.Answer again = caller.send("GET", job + "/events", "",
                Map.of("Last-Event-ID", "1." + new UUID(9, 1)));
        assertThat(again.body()).contains("event: targets\nid: 1." + new UUID(9, 2) + "\n")
                .doesNotContain("\"clientId\":\"" + new UUID(9, 1));
        assertProblem(caller.send("GET", job + "/events", "", Map.of("Last-Event-ID", "x")), 400,
                ProblemKind.INVALID_REQUEST);
        assertProblem(caller.get("/api/v1/jobs/" + UUID.randomUUID() + "/events"), 404, ProblemKind.UNKNOWN_JOB);
    }

    // ---- who is let in

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/workflows", "/api/v1/clients", "/api/v1/jobs/1", "/nothing",
            "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump", "/error"})
    void withoutATokenEverythingElseIsClosed(String path) {
        ApiCaller.Answer answer = anybody.get(path);

        assertProblem(answer, 401, ProblemKind.UNAUTHORIZED);
        assertThat(answer.body()).contains("has no bearer token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "canary-api-token-0123456789abcdef012", "canary-api-token-0123456789abcdef01234"})
    void aWrongTokenIsRefusedAndNotRepeated(String wrong) {
        ApiCaller.Answer answer = ApiCaller.local(port, wrong).post(QUERY_ACTIONS, request(List.of()), Map.of());

        assertProblem(answer, 401, ProblemKind.UNAUTHORIZED);
        assertThat(answer.body()).doesNotContain(wrong + "\"").doesNotContain("canary");
    }

    @Test
    void everyConfiguredTokenOpens() {
        assertThat(ApiCaller.local(port, OLDER_TOKEN).get("/api/v1/workflows").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
            "/actuator/info", "/actuator/prometheus"})
    void healthInfoAndMetricsAreOpen(String path) {
        ApiCaller.Answer answer = anybody.get(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("canary").doesNotContain("jdbc:");
    }

    @Test
    void healthTellsHolderOfATokenHowSicsFares() {
        JsonNode sics = caller.get("/actuator/health").json().path("components").path("sics");

        assertThat(sics.path("status").asString()).isEqualTo("UP");
        assertThat(sics.path("details").path("condition").asString()).isEqualTo("ok");
        assertThat(sics.path("details").path("encrypted").asBoolean()).isTrue();
        assertThat(anybody.get("/actuator/health").body()).doesNotContain("sics");
    }

    @Test
    void theConnectionToSicsIsCheckedStepByStep() {
        ApiCaller.Answer answer = caller.post("/api/v1/sics/verification", "", Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("outcome").asString()).as(answer.body()).isIn("ok", "warning");
        assertThat(answer.json().path("steps").valueStream().map(step -> step.path("name").asString()).toList())
                .containsExactly("reach", "tls", "session", "reply-target", "round-trip", "public-api", "commands");
        assertThat(answer.body()).doesNotContain(WORLD.access().sicsPassword());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/configprops", "/actuator/beans", "/actuator/heapdump",
            "/actuator/loggers", "/actuator/scheduledtasks"})
    void noOtherActuatorExistsEvenWithAToken(String path) {
        assertThat(caller.get(path).status()).isEqualTo(404);
    }

    // ---- what cannot be served

    @Test
    void whatDoesNotExistIsAProblem() {
        assertProblem(caller.get("/api/v1/jobs/" + UUID.randomUUID()), 404, ProblemKind.UNKNOWN_JOB);
        assertProblem(caller.get("/api/v1/clients?workflow=Nobody_1"), 404, ProblemKind.UNKNOWN_WORKFLOW);
        String device = "/api/v1/devices/" + TestWorkflows.NAME + "/nobody";
        assertProblem(caller.get(device), 404, ProblemKind.UNKNOWN_DEVICE);
        assertProblem(caller.get("/api/v1/conflicts?workflow=Nobody_1"), 404, ProblemKind.UNKNOWN_WORKFLOW);
        assertProblem(caller.post(device + "/decision", "{\"verdict\":\"split\",\"decidedBy\":\"anna\"}", Map.of()),
                404, ProblemKind.UNKNOWN_DEVICE);
        assertProblem(caller.post(device + "/decision", "{}", Map.of()), 400, ProblemKind.INVALID_DECISION);
        assertProblem(caller.get("/api/v1/nothing"), 404, ProblemKind.UNKNOWN_ADDRESS);
        assertProblem(caller.send("DELETE", "/api/v1/clients", "", Map.of()), 405, ProblemKind.METHOD_NOT_ALLOWED);
        assertProblem(caller.post(QUERY_ACTIONS, "<xml/>", Map.of("Content-Type", "application/xml")), 415,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void everyWrongFieldOfAQueryActionIsNamedAtOnce() {
        ApiCaller.Answer answer = caller.post(QUERY_ACTIONS, """
                {"queryAction":"Explode","workflow":"Nobody_1","clientIds":["x",null],"requestedBy":""}
                """, Map.of());

        assertProblem(answer, 400, ProblemKind.INVALID_QUERY_ACTION);
        assertThat(answer.wrongFields()).containsExactly("queryAction", "workflow", "clientIds[0]", "clientIds[1]",
                "requestedBy");
        assertThat(answer.json().path("instance").asString()).isEqualTo(QUERY_ACTIONS);
    }

    @Test
    void aNameThatTheDatabaseCannotHoldIsAWrongFieldAndNoFailure() {
        ApiCaller.Answer answer = caller.post(QUERY_ACTIONS, """
                {"queryAction":"SynchronizeIntuneDevices","clientIds":["%s"],"requestedBy":"a\\u0000b"}
                """.formatted(UUID.randomUUID()), Map.of());

        assertProblem(answer, 400, ProblemKind.INVALID_QUERY_ACTION);
        assertThat(answer.wrongFields()).containsExactly("requestedBy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"queryAction":            | (body)
            []                         | (body)
            {"clientIds":"one"}        | clientIds
            {"clientIds":[{"a":1}]}    | clientIds[0]
            """)
    void aBrokenBodyIsExplained(String body, String field) {
        ApiCaller.Answer answer = caller.post(QUERY_ACTIONS, body, Map.of());

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource({"'/api/v1/clients?limit=0', limit", "'/api/v1/clients?limit=1001', limit",
            "'/api/v1/conflicts?limit=0', limit"})
    void aLimitOutOfRangeIsNamed(String path, String field) {
        ApiCaller.Answer answer = caller.get(path);

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/clients?limit=many", "/api/v1/clients?after=1", "/api/v1/jobs/1"})
    void aParameterOfAnotherTypeIsNamed(String path) {
        ApiCaller.Answer answer = caller.get(path);

        assertProblem(answer, 400, ProblemKind.INVALID_REQUEST);
        assertThat(answer.json().path("detail").asString()).containsAnyOf("limit", "after", "id");
    }

    @Test
    void aKeyThatIsTooLongIsNamed() {
        ApiCaller.Answer answer = caller.post(QUERY_ACTIONS, request(List.of(UUID.randomUUID().toString())),
                Map.of("Idempotency-Key", "k".repeat(201)));

        assertProblem(answer, 400, ProblemKind.INVALID_QUERY_ACTION);
        assertThat(answer.wrongFields()).containsExactly("Idempotency-Key");
    }

    // ----

    private static void assertProblem(ApiCaller.Answer answer, int status, ProblemKind kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:acmp-intune:problem:" + kind.text());
        assertThat(answer.json().path("title").asString()).isNotEmpty();
        assertThat(answer.json().path("remedy").asString()).isNotEmpty();
    }

    private JsonNode server() {
        return caller.get("/api/v1/workflows").json().path(0).path("servers").path(0);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private static String request(List<String> clients) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("queryAction", "SynchronizeIntuneDevices", "clientIds",
                        clients, "requestedBy", "CONTOSO\\anna"));
    }

    private static UUID client(String device) {
        return ClientIds.derive(Devices.TENANT, new DeviceId(device));
    }

    private static DeviceAction action(long revision, DeviceId device, ActionState state) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z");
        return new DeviceAction(UUID.nameUUIDFromBytes(device.value().getBytes(StandardCharsets.UTF_8)), revision,
                new ActionCommand(ActionKind.SYNC_DEVICE, device, "CONTOSO\\anna"), state, at, at, at, null, null);
    }
}
