package io.acmpintune.connector;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
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
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.connector.fixture.Configured;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.access.MappedRoutes.Route;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.documentation.DocumentedRoutes;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of the service: closed to anybody, open to the roles that are written here, calm about what does not exist. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class RoutesTest {

    private static final String CONNECTOR = "/api/v1/connectors/{connector}";
    private static final String ACTIONS = CONNECTOR + "/actions";

    /** A later route belongs here, too. Roles by their first letter. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("GET /api/v1/revocations", "v o s l a"),
            Map.entry("POST /api/v1/revocations", "a"),
            Map.entry("POST /api/v1/revocations/return", "l"),
            Map.entry("GET " + CONNECTOR, "v o s l a"),
            Map.entry("GET " + CONNECTOR + "/scanner", "v o s l a"),
            Map.entry("PUT " + CONNECTOR + "/scanner", "a"),
            Map.entry("GET " + CONNECTOR + "/scans", "v o s l a"),
            Map.entry("POST " + CONNECTOR + "/scans", "o a"),
            Map.entry("GET " + CONNECTOR + "/credentials", "v o s l a"),
            Map.entry("GET " + CONNECTOR + "/quarantine", "v o s l a"),
            Map.entry("GET " + CONNECTOR + "/removal-holds", "v o s l a"),
            Map.entry("POST " + CONNECTOR + "/removal-holds/{id}/decision", "o a"),
            Map.entry("GET " + CONNECTOR + "/devices/changes", "v o s l a"),
            Map.entry("POST " + CONNECTOR + "/verification", "o a"),
            Map.entry("POST /api/v1/connectors/verification", "o a"),
            Map.entry("GET " + CONNECTOR + "/stops", "v o s l a"),
            Map.entry("PUT " + CONNECTOR + "/stops/{origin}", "s l"),
            Map.entry("PUT " + CONNECTOR + "/engines/{engine}", "o"),
            Map.entry("POST " + ACTIONS, "o"),
            Map.entry("GET " + ACTIONS + "/{id}", "v o s l a"),
            Map.entry("GET " + ACTIONS + "/{id}/history", "v o s l a"),
            Map.entry("POST " + ACTIONS + "/{id}/cancellation", "o"),
            Map.entry("POST " + ACTIONS + "/{id}/decision", "o"),
            Map.entry("POST " + ACTIONS + "/{id}/unlock-pin", "o"),
            Map.entry("GET " + ACTIONS + "/changes", "v o s l a"));

    /** For routes that read a body before they look for what the path names. */
    private static final Map<String, String> BODIES = Map.of(
            "POST " + CONNECTOR + "/removal-holds/{id}/decision", "{\"release\":true,\"decidedBy\":\"anna\"}",
            "PUT " + CONNECTOR + "/stops/{origin}", "{\"stopped\":true,\"by\":\"anna\"}",
            "PUT " + CONNECTOR + "/engines/{engine}", "{\"position\":1,\"restored\":false}",
            "POST " + ACTIONS, "{\"kind\":\"syncDevice\",\"deviceId\":\"1\",\"requestedBy\":\"anna\"}",
            "POST " + ACTIONS + "/{id}/cancellation", "{\"cancelledBy\":\"anna\"}",
            "POST " + ACTIONS + "/{id}/decision", "{\"verdict\":\"give-up\",\"decidedBy\":\"anna\"}",
            "POST " + ACTIONS + "/{id}/unlock-pin", "{\"requestedBy\":\"anna\"}");

    private static final Map<String, Role> LETTERS = Map.of("v", Role.VIEWER, "o", Role.OPERATOR, "s", Role.STOPPER,
            "l", Role.LIFTER, "a", Role.ADMINISTRATOR);

    private final ApplicationContext context;
    private final ApiCaller anybody;

    RoutesTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.anybody = ApiCaller.local(port, null);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        List<Role> roles = List.copyOf(Role.ofConnector());
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            String key = "connector.api.tokens[" + i + "].";
            registry.add(key + "name", () -> "some-" + role.text());
            registry.add(key + "role", role::text);
            registry.add(key + "token", () -> token(role));
        }
        Map<String, String> connector = new HashMap<>(Configured.secret());
        connector.putAll(Map.of("cloud", "custom", "login-endpoint", "https://127.0.0.1:1", "graph-endpoint",
                "https://127.0.0.1:1"));
        connector.forEach((key, value) -> registry.add("intune.connectors.IntuneConnector_1." + key, () -> value));
    }

    @Test
    void everyRouteHasRolesWrittenHere() {
        assertThat(routes()).extracting(Route::text).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @Test
    void everyRouteIsDocumentedWithItsRoles() throws IOException {
        assertThat(DocumentedRoutes.of("connector-service")).containsExactlyInAnyOrderEntriesOf(EXPECTED.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, route -> roles(route.getValue()))));
    }

    @Test
    void anybodyIsRefusedEverywhere() {
        assertThat(answers(anybody)).containsExactlyInAnyOrderEntriesOf(
                routes().stream().collect(Collectors.toMap(Route::text, _ -> 401)));
    }

    @Test
    void eachRoleOpensItsRoutesAndNoOther() {
        for (Role role : Role.ofConnector()) {
            Map<String, Integer> answers = answers(anybody.with(token(role)));
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
    void unknownResourcesAreNotFoundForAllRoles() {
        for (Route route : routes().stream().filter(Route::namesSomething).toList()) {
            Role one = roles(String.valueOf(EXPECTED.get(route.text()))).iterator().next();
            assertThat(ask(anybody.with(token(one)), route).status()).as(route.text()).isEqualTo(404);
        }
    }

    private List<Route> routes() {
        return MappedRoutes.of(context);
    }

    private Map<String, Integer> answers(ApiCaller caller) {
        Map<String, Integer> answers = new TreeMap<>();
        routes().forEach(route -> answers.put(route.text(), ask(caller, route).status()));
        return answers;
    }

    private static ApiCaller.Answer ask(ApiCaller caller, Route route) {
        String body = BODIES.getOrDefault(route.text(), "{}");
        return switch (route.method()) {
            case "POST" -> caller.post(route.unknownAddress(), body, Map.of("Idempotency-Key", "key"));
            case "PUT" -> caller.put(route.unknownAddress(), body);
            default -> caller.send(route.method(), route.unknownAddress(), "", Map.of());
        };
    }

    private static Set<Role> roles(String letters) {
        return Arrays.stream(letters.split(" ")).map(LETTERS::get).collect(Collectors.toSet());
    }

    private static String token(Role role) {
        return "canary-" + role.text() + "-token-0123456789abcdef0123456789";
    }
}
