package io.acmpintune.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.runtime.access.ForgottenController;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.access.MappedRoutes.Route;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.documentation.DocumentedRoutes;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of the engine: closed to anybody, open to the roles that are written here, and calm about what does not exist. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ForgottenController.class)
@DirtiesContext
class RoutesTest {

    /** A later route belongs here, too. Roles by their first letter. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("GET /api/v1/approvals", "v o p a"),
            Map.entry("GET /api/v1/approvals/{id}", "v o p a"),
            Map.entry("GET /api/v1/audit", "p a"),
            Map.entry("GET /api/v1/audit.csv", "p a"),
            Map.entry("GET /api/v1/clients", "v o p a"),
            Map.entry("GET /api/v1/conflicts", "v o p a"),
            Map.entry("GET /api/v1/devices/{workflow}/{device}", "v o p a"),
            Map.entry("GET /api/v1/emergency-stop", "v o p a"),
            Map.entry("GET /api/v1/jobs", "v o p a"),
            Map.entry("GET /api/v1/jobs/{id}", "v o p a"),
            Map.entry("GET /api/v1/jobs/{id}/events", "v o p a"),
            Map.entry("GET /api/v1/jobs/{id}/targets", "v o p a"),
            Map.entry("GET /api/v1/jobs/{id}/targets.csv", "v o p a"),
            Map.entry("GET /api/v1/jobs/{id}/targets/{clientId}", "v o p a"),
            Map.entry("GET /api/v1/locks", "v o p a"),
            Map.entry("GET /api/v1/revocations", "p a"),
            Map.entry("POST /api/v1/revocations", "a"),
            Map.entry("POST /api/v1/revocations/return", "p a"),
            Map.entry("POST /api/v1/sessions/end", "a"),
            Map.entry("GET /api/v1/webhook-deliveries", "v o p a"),
            Map.entry("GET /api/v1/workflows", "v o p a"),
            Map.entry("GET /api/v1/workflows/{name}/holds", "v o p a"),
            Map.entry("GET /api/v1/workflows/{name}/holds/{id}", "v o p a"),
            Map.entry("GET /api/v1/workflows/{name}/parked", "v o p a"),
            Map.entry("GET /api/v1/workflows/{name}/runs", "v o p a"),
            Map.entry("GET /api/v1/workflows/{name}/runs/{id}", "v o p a"),
            Map.entry("POST /api/v1/approvals/{id}/decision", "p"),
            Map.entry("POST /api/v1/audit/verification", "p a"),
            Map.entry("POST /api/v1/devices/{workflow}/{device}/decision", "o"),
            Map.entry("POST /api/v1/emergency-stop", "o p a"),
            Map.entry("POST /api/v1/emergency-stop/lift", "p a"),
            Map.entry("POST /api/v1/jobs/{id}/cancellation", "o"),
            Map.entry("POST /api/v1/jobs/{id}/retry", "o"),
            Map.entry("POST /api/v1/jobs/{id}/targets/{clientId}/decision", "o"),
            Map.entry("POST /api/v1/locks/{workflow}/release", "p a"),
            Map.entry("POST /api/v1/query-actions", "o"),
            Map.entry("POST /api/v1/query-actions/preview", "o"),
            Map.entry("POST /api/v1/sics/verification", "o a"),
            Map.entry("POST /api/v1/webhook-deliveries/{id}/redelivery", "a"),
            Map.entry("POST /api/v1/workflows/{name}/holds/{id}/decision", "a"),
            Map.entry("POST /api/v1/workflows/{name}/parked/retry", "o a"),
            Map.entry("POST /api/v1/workflows/{name}/plan", "o a"),
            Map.entry("POST /api/v1/workflows/{name}/runs", "o a"));

    /** For routes that read a body before they look for what the path names. */
    private static final Map<String, String> BODIES = Map.of("POST /api/v1/approvals/{id}/decision",
            "{\"approve\":true}",
            "POST /api/v1/jobs/{id}/targets/{clientId}/decision", "{\"verdict\":\"taken\"}");

    private static final Map<String, Role> LETTERS = Map.of("v", Role.VIEWER, "o", Role.OPERATOR, "p", Role.APPROVER,
            "a", Role.ADMINISTRATOR);

    private final ApplicationContext context;
    private final int port;

    RoutesTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
    }

    @Test
    void everyRouteHasRolesWrittenHere() {
        assertThat(routes()).extracting(Route::text).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @Test
    void everyRouteIsDocumentedWithItsRoles() throws IOException {
        assertThat(DocumentedRoutes.of("workflow-engine")).containsExactlyInAnyOrderEntriesOf(EXPECTED.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, route -> roles(route.getValue()))));
    }

    @Test
    void anybodyIsRefusedEverywhere() {
        ApiCaller anybody = ApiCaller.local(port, null);

        assertThat(answers(anybody)).containsExactlyInAnyOrderEntriesOf(
                routes().stream().collect(Collectors.toMap(Route::text, _ -> 401)));
    }

    @Test
    void eachRoleOpensItsRoutesAndNoOther() {
        for (Role role : Role.all()) {
            Map<String, Integer> answers = answers(ApiCaller.local(port, QuietEngine.token(role)));
            EXPECTED.forEach((route, roles) -> {
                if (roles(roles).contains(role)) {
                    assertThat(answers.get(route)).as("%s by %s", route, role).isNotIn(401, 403).isLessThan(500);
                } else {
                    assertThat(answers.get(route)).as("%s by %s", route, role).isEqualTo(403);
                }
            });
        }
    }

    @Test
    void whatDoesNotExistIsNotFoundByWhoeverMayLook() {
        for (Route route : routes().stream().filter(Route::namesSomething).toList()) {
            Role role = roles(EXPECTED.getOrDefault(route.text(), "")).iterator().next();

            assertThat(ask(ApiCaller.local(port, QuietEngine.token(role)), route).status()).as(route.text())
                    .isEqualTo(404);
        }
    }

    @Test
    void aRefusalNamesTheRoleThatIsNeededAndTheOneThatIsThere() {
        ApiCaller.Answer answer = ApiCaller.local(port, QuietEngine.token(Role.VIEWER))
                .post("/api/v1/query-actions", "{}",
                        Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:acmp-intune:problem:forbidden");
        assertThat(answer.json().path("detail").asString())
                .isEqualTo("POST needs the role operator here; token:some-viewer has viewer.");
        assertThat(answer.json().path("remedy").asString()).isNotEmpty();
        assertThat(answer.json().path("instance").asString()).isEqualTo("/api/v1/query-actions");
    }

    @Test
    void aRouteWithoutARuleIsClosedToEverybody() {
        for (Role role : Role.all()) {
            ApiCaller.Answer answer = ApiCaller.local(port, QuietEngine.token(role)).get(ForgottenController.PATH);

            assertThat(answer.status()).as(role.text()).isEqualTo(403);
            assertThat(answer.body()).contains("urn:acmp-intune:problem:forbidden").doesNotContain("some-");
        }
        assertThat(ApiCaller.local(port, null).get(ForgottenController.PATH).status()).isEqualTo(401);
    }

    @Test
    void theContainersErrorPageAndTheActuatorsListAreClosed() {
        ApiCaller administrator = ApiCaller.local(port, QuietEngine.token(Role.ADMINISTRATOR));

        assertThat(administrator.get("/error").status()).isEqualTo(403);
        assertThat(administrator.get("/actuator").status()).isEqualTo(403);
        assertThat(administrator.get("/nothing").status()).isEqualTo(404);
        assertThat(administrator.send("DELETE", "/api/v1/clients", "", Map.of()).status()).isEqualTo(405);
        assertThat(administrator.send("HEAD", "/api/v1/clients", "", Map.of()).status()).isEqualTo(200);
    }

    private List<Route> routes() {
        return MappedRoutes.of(context)
                .stream()
                .filter(route -> !route.pattern().equals(ForgottenController.PATH))
                // people sign in there; their pages have a test of their own
                .filter(route -> !route.pattern().startsWith("/console"))
                .toList();
    }

    private Map<String, Integer> answers(ApiCaller caller) {
        Map<String, Integer> answers = new TreeMap<>();
        routes().forEach(route -> answers.put(route.text(), ask(caller, route).status()));
        return answers;
    }

    private static ApiCaller.Answer ask(ApiCaller caller, Route route) {
        return caller.send(route.method(), route.unknownAddress(), BODIES.getOrDefault(route.text(), "{}"),
                Map.of("Content-Type", "application/json"));
    }

    private static Set<Role> roles(String letters) {
        return Arrays.stream(letters.split(" ")).map(LETTERS::get).collect(Collectors.toSet());
    }
}
