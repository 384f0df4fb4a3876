package io.acmpintune.engine.console;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.access.MappedRoutes.Route;

import static org.assertj.core.api.Assertions.assertThat;

/** Every address of the console: closed to whoever has not signed in, and open to the roles that are written here. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ConsoleRoutesTest {

    /** A later page belongs here, too. Roles by their first letter; * = also who has not signed in. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("GET /console", "v o p a"),
            Map.entry("GET /console/sign-in", "*"),
            Map.entry("POST /console/preferences", "*"),
            Map.entry("GET /console/clients", "v o p a"),
            Map.entry("GET /console/clients/selection", "o"),
            Map.entry("GET /console/clients/{id}", "v o p a"),
            Map.entry("GET /console/actions/{action}", "o"),
            Map.entry("POST /console/actions/{action}", "o"),
            Map.entry("POST /console/actions/{action}/job", "o"),
            Map.entry("GET /console/jobs", "v o p a"),
            Map.entry("GET /console/jobs/{id}", "v o p a"),
            Map.entry("GET /console/jobs/{id}/targets.csv", "v o p a"),
            Map.entry("POST /console/jobs/{id}/cancellation", "o"),
            Map.entry("GET /console/jobs/{id}/retry", "o"),
            Map.entry("POST /console/jobs/{id}/retry", "o"),
            Map.entry("GET /console/jobs/{id}/targets/{clientId}", "v o p a"),
            Map.entry("POST /console/jobs/{id}/targets/{clientId}/decision", "o"),
            Map.entry("GET /console/approvals", "v o p a"),
            Map.entry("GET /console/approvals/{id}", "v o p a"),
            Map.entry("POST /console/approvals/{id}/decision", "p"),
            Map.entry("POST /console/locks/{workflow}/release", "p a"),
            Map.entry("GET /console/emergency-stop", "v o p a"),
            Map.entry("POST /console/emergency-stop", "o p a"),
            Map.entry("POST /console/emergency-stop/lift", "p a"),
            Map.entry("GET /console/plan", "v o p a"),
            Map.entry("GET /console/plan/dry-run", "o a"),
            Map.entry("POST /console/plan/runs", "o a"),
            Map.entry("GET /console/plan/runs/{id}", "v o p a"),
            Map.entry("GET /console/plan/holds/{id}", "v o p a"),
            Map.entry("POST /console/plan/holds/{id}/decision", "a"),
            Map.entry("GET /console/plan/removals/{id}", "v o p a"),
            Map.entry("POST /console/plan/removals/{id}/decision", "a"),
            Map.entry("GET /console/plan/parked", "v o p a"),
            Map.entry("POST /console/plan/parked/retry", "o a"),
            Map.entry("GET /console/conflicts", "v o p a"),
            Map.entry("GET /console/conflicts/{device}", "v o p a"),
            Map.entry("POST /console/conflicts/{device}/decision", "o"),
            Map.entry("GET /console/audit", "p a"),
            Map.entry("GET /console/audit/{seq}", "p a"),
            Map.entry("GET /console/audit/export", "p a"),
            Map.entry("GET /console/audit/verification", "p a"),
            Map.entry("POST /console/audit/verification", "p a"),
            Map.entry("GET /console/access", "p a"),
            Map.entry("POST /console/access/revocation", "a"),
            Map.entry("POST /console/access/return", "p a"),
            Map.entry("POST /console/access/sessions", "a"),
            Map.entry("GET /console/set-up", "a"),
            Map.entry("GET /console/set-up/sample", "a"),
            Map.entry("POST /console/set-up/prerequisites", "a"),
            Map.entry("POST /console/set-up/connection", "a"));

    private final ApplicationContext context;
    private final int port;

    ConsoleRoutesTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
    }

    @Test
    void everyPageHasRolesWrittenHere() {
        assertThat(routes()).extracting(Route::text).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @Test
    void whoHasNotSignedInIsLedToTheSignIn() {
        for (Route route : closed()) {
            Visitor anybody = new Visitor(port);

            Visitor.Answer answer = ask(anybody, "/console/sign-in", route);

            assertThat(answer.status()).as(route.text()).isEqualTo(302);
            assertThat(answer.leadsTo()).as(route.text()).isEqualTo("/console/sign-in");
        }
    }

    @ParameterizedTest
    @CsvSource({"vera, v", "olga, o", "paul, p", "adam, a"})
    void eachRoleOpensItsPagesAndNoOther(String name, String letter) {
        Visitor visitor = new Visitor(port);
        visitor.signIn(name, People.PASSWORD);

        for (Route route : closed()) {
            int status = ask(visitor, "/console", route).status();

            if (roles(route).contains(letter)) {
                assertThat(status).as("%s by %s", route.text(), name).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(status).as("%s by %s", route.text(), name).isEqualTo(403);
            }
        }
    }

    @Test
    void whatDoesNotExistIsNotFoundByWhoeverMayLook() {
        Visitor visitor = new Visitor(port);
        visitor.signIn("olga", People.PASSWORD);

        for (Route route : closed()) {
            // whether a removal is there only the connector knows, and none answers here
            if (route.namesSomething() && roles(route).contains("o") && !route.pattern().contains("/removals/")) {
                assertThat(ask(visitor, "/console", route).status()).as(route.text()).isEqualTo(404);
            }
        }
    }

    private List<Route> routes() {
        return MappedRoutes.of(context).stream().filter(route -> route.pattern().startsWith("/console")).toList();
    }

    private List<Route> closed() {
        return routes().stream().filter(route -> !EXPECTED.getOrDefault(route.text(), "").equals("*")).toList();
    }

    /** With the token of a page's forms: what is refused is refused for the role. */
    private static Visitor.Answer ask(Visitor visitor, String page, Route route) {
        return route.method().equals("POST")
                ? visitor.post(page, route.unknownAddress(), Map.of("verdict", "taken", "approve", "false", "scope",
                        "Nobody_1"))
                : visitor.get(route.unknownAddress());
    }

    private static Set<String> roles(Route route) {
        return Arrays.stream(EXPECTED.getOrDefault(route.text(), "").split(" ")).collect(Collectors.toSet());
    }
}
