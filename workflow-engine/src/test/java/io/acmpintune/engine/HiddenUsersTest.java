package io.acmpintune.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.device.Device;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.access.MappedRoutes.Route;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user of a personally owned device, whom every answer would show that is not masked. One workflow hides such users, the
 * other shows them; the devices are the same.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("its service")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(120)
class HiddenUsersTest {

    private static final String HIDING = TestWorkflows.NAME;
    private static final String SHOWING = "IntuneMobileDevices_2";
    private static final String CANARY = "canary";
    /** The user of a company device, whom both workflows show. */
    private static final String VISIBLE = "visible@contoso.example";
    /** Linux cannot be synchronized, so a job for this device ends at once. */
    private static final String PERSONAL = "personal";
    private static final String COMPANY = "company";
    /** It may be the client of the personal device. */
    private static final String RIVAL = "rival";
    /** A personal device that can be synchronized. */
    private static final String TABLET = "tablet";
    private static final ConnectorStub CONNECTOR = connector();
    /** The answers of the API that show users of devices. */
    private static final Set<String> API = Set.of("GET /api/v1/approvals/{id}", "GET /api/v1/clients",
            "GET /api/v1/conflicts",
            "GET /api/v1/devices/{workflow}/{device}", "GET /api/v1/jobs/{id}", "GET /api/v1/jobs/{id}/events",
            "GET /api/v1/jobs/{id}/targets", "GET /api/v1/jobs/{id}/targets.csv",
            "GET /api/v1/jobs/{id}/targets/{clientId}");
    /** The pages of the console that show users of devices. */
    private static final Set<String> CONSOLE = Set.of("GET /console/actions/{action}",
            "GET /console/approvals/{id}", "GET /console/clients",
            "GET /console/clients/{id}", "GET /console/conflicts", "GET /console/conflicts/{device}",
            "GET /console/jobs/{id}", "GET /console/jobs/{id}/targets.csv", "GET /console/plan/dry-run",
            "GET /console/set-up/sample");

    private final ApplicationContext context;
    private final int port;

    HiddenUsersTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
        registry.add("safety.approval.wipe-threshold", () -> 0);
        for (String workflow : List.of(HIDING, SHOWING)) {
            String key = "acmp.workflows." + workflow + ".";
            registry.add(key + "connector", () -> "IntuneConnector_1");
            registry.add(key + "connector-url", CONNECTOR::address);
            TestWorkflows.TOKENS.forEach((name, token) -> registry.add(key + name, () -> token));
            for (String property : List.of("user-name", "mail", "phone-number")) {
                registry.add(key + "personal-devices." + property, () -> workflow.equals(SHOWING));
            }
        }
    }

    private static ConnectorStub connector() {
        ConnectorStub connector = ConnectorStub.start();
        connector.devices(List.of(device(PERSONAL, "SN-70001", "Linux", "personal", CANARY),
                device(COMPANY, "SN-70002", "Linux", "company", "visible"),
                device(RIVAL, "SN-70001", "Linux", "personal", CANARY),
                device(TABLET, "SN-70003", "Windows", "personal", CANARY)));
        connector.actions(ConnectorStub.FEED, 0, 0, List.of());
        return connector;
    }

    private static Device device(String id, String serial, String system, String ownership, String user) {
        return Devices.of("""
                {"id":"%1$s","deviceName":"PHONE-%1$s","serialNumber":"%2$s","manufacturer":"Lenovo","model":"X",
                "operatingSystem":"%5$s","managedDeviceOwnerType":"%3$s","userId":"%4$s-id",
                "userPrincipalName":"%4$s@contoso.example","userDisplayName":"%4$s Person",
                "emailAddress":"%4$s@mail.example","phoneNumber":"%4$s-phone","managedDeviceName":"%4$s_Linux",
                "enrolledDateTime":"2026-11-01T00:00:00Z","lastSyncDateTime":"2026-11-20T00:00:00Z"}
                """.formatted(id, serial, ownership, user, system));
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @BeforeEach
    void imported() {
        for (String workflow : List.of(HIDING, SHOWING)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> clients(workflow, "").size() == 3 && caller(Role.VIEWER)
                            .get("/api/v1/conflicts?workflow=" + workflow)
                            .at("conflicts")
                            .size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "CANARY@", "canary@contoso.example"})
    void aHiddenUserIsNotFound(String search) {
        assertThat(clients(HIDING, "&search=" + search)).isEmpty();
        assertThat(preview(HIDING, search)).isZero();
        assertThat(clients(SHOWING, "&search=" + search)).hasSize(2);
        assertThat(preview(SHOWING, search)).isEqualTo(2);
        Visitor visitor = visitor();
        assertThat(visitor.get("/console/clients/selection?workflow=" + HIDING + "&q=" + search).body())
                .isEqualTo("[]");
        assertThat(visitor.get("/console/clients?workflow=" + HIDING + "&q=" + search).body())
                .doesNotContain("PHONE-" + PERSONAL);
        assertThat(clients(HIDING, "&search=visible@")).hasSize(1);
    }

    @Test
    void noAnswerOfTheApiShowsAHiddenUser() {
        List<String> shown = new ArrayList<>();
        for (Route route : routes("/api/")) {
            String hiding = api(route, HIDING);
            String showing = api(route, SHOWING);
            assertThat(hiding).as(route.text()).doesNotContainIgnoringCase(CANARY);
            if (showing.contains(CANARY)) {
                shown.add(route.text());
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(API);
        assertThat(api(new Route("GET", "/api/v1/jobs/{id}/targets", false), HIDING)).contains(VISIBLE);
    }

    @Test
    void noPageOfTheConsoleShowsAHiddenUser() {
        Visitor visitor = visitor();
        List<String> shown = new ArrayList<>();
        for (Route route : routes("/console")) {
            assertThat(visitor.get(address(route, HIDING)).body()).as(route.text()).doesNotContainIgnoringCase(CANARY);
            if (visitor.get(address(route, SHOWING)).body().contains(CANARY)) {
                shown.add(route.text());
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(CONSOLE);
    }

    @Test
    void thePreviewOfAQueryActionHidesTheUserToo() {
        assertThat(previewed(HIDING, null).body()).doesNotContain(CANARY).contains(VISIBLE, "\"userHidden\":true");
        assertThat(previewed(SHOWING, null).body()).contains(CANARY, VISIBLE);
    }

    private List<Route> routes(String prefix) {
        return MappedRoutes.of(context)
                .stream()
                .filter(route -> route.method().equals("GET") && route.pattern().startsWith(prefix))
                .toList();
    }

    private String api(Route route, String workflow) {
        // from the beginning, so that every target is an event
        Map<String, String> headers = route.pattern().endsWith("/events")
                ? Map.of("Last-Event-ID", "0." + new UUID(0, 0))
                : Map.of();
        return caller(Role.ADMINISTRATOR).send("GET", address(route, workflow), "", headers).body();
    }

    private String address(Route route, String workflow) {
        String pattern = route.pattern();
        String id = pattern.contains("/clients/{id}")
                ? client(workflow, PERSONAL)
                : pattern.contains("/jobs/")
                        ? job(workflow)
                        : pattern.contains("/approvals/") ? approval(workflow) : UUID.randomUUID().toString();
        return pattern.replace("{workflow}", workflow)
                .replace("{name}", workflow)
                .replace("{device}", RIVAL)
                .replace("{clientId}", client(workflow, PERSONAL))
                .replace("{id}", id)
                .replace("{action}", "synchronize")
                .replace("{seq}", "1") + "?workflow=" + workflow
                + (pattern.contains("{action}") ? "&client=" + client(workflow, TABLET) : "");
    }

    private String job(String workflow) {
        ApiCaller.Answer answer = caller(Role.OPERATOR).post("/api/v1/query-actions", """
                {"queryAction":"SynchronizeIntuneDevices","workflow":"%s","clientIds":["%s","%s"],"requestedBy":"anna"}
                """.formatted(workflow, client(workflow, PERSONAL), client(workflow, COMPANY)),
                Map.of("Idempotency-Key", "job of " + workflow));
        assertThat(answer.text("id")).as(answer.body()).isNotEmpty();
        return answer.text("id");
    }

    /** Returns the id of a job that waits for an approval. */
    private String approval(String workflow) {
        ApiCaller.Answer answer = caller(Role.OPERATOR).post("/api/v1/query-actions", """
                {"queryAction":"WipeIntuneDevices","workflow":"%s","clientIds":["%s","%s"],"requestedBy":"anna",
                "confirmed":true,"confirmedCount":2}
                """.formatted(workflow, client(workflow, TABLET), client(workflow, COMPANY)),
                Map.of("Idempotency-Key", "wipe of " + workflow));
        assertThat(answer.text("state")).as(answer.body()).isEqualTo("AWAITING_APPROVAL");
        return answer.text("id");
    }

    private int preview(String workflow, String search) {
        return previewed(workflow, search).at("clients").asInt(-1);
    }

    private ApiCaller.Answer previewed(String workflow, @Nullable String search) {
        return caller(Role.OPERATOR).post("/api/v1/query-actions/preview", """
                {"queryAction":"SynchronizeIntuneDevices","workflow":"%s","filter":{%s}}
                """.formatted(workflow, search == null ? "" : "\"search\":\"" + search + "\""));
    }

    private List<JsonNode> clients(String workflow, String criteria) {
        return caller(Role.VIEWER).get("/api/v1/clients?workflow=" + workflow + criteria)
                .at("clients")
                .valueStream()
                .toList();
    }

    private String client(String workflow, String device) {
        return clients(workflow, "").stream()
                .filter(client -> client.path("device").asString().equals(device))
                .map(client -> client.path("clientId").asString())
                .findFirst()
                .orElseThrow();
    }

    private ApiCaller caller(Role role) {
        return ApiCaller.local(port, QuietEngine.token(role));
    }

    /** An operator who administers as well: nearly every page opens. */
    private Visitor visitor() {
        Visitor visitor = new Visitor(port);
        visitor.signIn("anna", People.PASSWORD);
        return visitor;
    }
}
