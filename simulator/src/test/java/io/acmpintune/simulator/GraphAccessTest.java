package io.acmpintune.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraphAccessTest {

    private final TestClock clock = new TestClock();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults()
            .withDevices(8)
            .withClock(clock)
            .withRoles(Set.of("DeviceManagementManagedDevices.Read.All"))
            .withTokenLifetime(Duration.ofMinutes(5)));
    private final Web web = Web.plain();

    GraphAccessTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aCallWithoutTokenIsRefused() {
        Web.Reply reply = list(Map.of());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("InvalidAuthenticationToken");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer ");
        assertThat(list(Map.of("Authorization", "Basic eDp5")).status()).isEqualTo(401);
    }

    @Test
    void aMalformedTokenIsRefused() {
        assertThat(list(Map.of("Authorization", "Bearer nonsense")).status()).isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherTenantIsRefused() throws IOException {
        try (Simulator other = Simulator.start(SimulatorOptions.defaults().withDevices(0).withClock(clock))) {
            Web.Reply reply = list(new TokenRequests(other).bearer());
            assertThat(reply.status()).isEqualTo(401);
            assertThat(message(reply)).contains("Invalid signature");
        }
    }

    @Test
    void anExpiredTokenIsRefused() {
        Map<String, String> bearer = new TokenRequests(simulator).bearer();
        assertThat(list(bearer).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        Web.Reply reply = list(bearer);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(message(reply)).contains("expired");
    }

    @Test
    void aRefusalNamesTheMissingRole() {
        var graph = new GraphClient(simulator);
        Web.Reply reply = graph.sync(simulator.tenant().ids().getFirst());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("Forbidden");
        assertThat(Web.MAPPER.readTree(message(reply)).get("Message").stringValue())
                .startsWith("Application is not authorized to perform this operation. Application must have one of the "
                        + "following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All - Operation ID");
        assertThat(simulator.tenant().syncCommands()).isZero();
    }

    @Test
    void anItemOfABatchNeedsItsRole() {
        String id = simulator.tenant().ids().getFirst();
        JsonNode item = new GraphClient(simulator)
                .batch(Map.of("requests", java.util.List.of(Map.of("id", "1", "method",
                        "POST", "url", "/deviceManagement/managedDevices/" + id + "/syncDevice", "headers",
                        Map.of("Content-Type", "application/json"), "body", Map.of()))))
                .json()
                .get("responses")
                .get(0);

        assertThat(item.get("status").intValue()).isEqualTo(403);
        assertThat(simulator.tenant().syncCommands()).isZero();
    }

    @Test
    void everyResponseHasTheIdsOfTheRequest() {
        String id = "22222222-aaaa-4aaa-8aaa-000000000002";
        var headers = new java.util.HashMap<>(new TokenRequests(simulator).bearer());
        headers.put("client-request-id", id);
        Web.Reply good = list(headers);
        Web.Reply bad = web.get(simulator.httpUrl() + "/v1.0/deviceManagement/managedDevices/none", headers);

        assertThat(good.header("client-request-id")).isEqualTo(id);
        assertThat(good.header("request-id")).isNotEmpty().isNotEqualTo(bad.header("request-id"));
        assertThat(good.header("Date")).endsWith("GMT");
        JsonNode inner = bad.json().get("error").get("innerError");
        assertThat(inner.get("client-request-id").stringValue()).isEqualTo(id);
        assertThat(inner.get("request-id").stringValue()).isEqualTo(bad.header("request-id"));
        assertThat(inner.get("date").stringValue()).as("without an offset").matches("2026-11-23T10:\\d\\d:\\d\\d");
    }

    @Test
    void unknownRoutesAndMethodsAreRefusedInGraphsForm() {
        var graph = new GraphClient(simulator);
        Web.Reply missing = graph.get("/deviceManagement/managedThings");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(message(missing)).contains("'managedThings'");
        Web.Reply method = web.delete(simulator.httpUrl() + "/v1.0/deviceManagement/managedDevices", graph.bearer());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.json().get("error").get("code").stringValue()).isEqualTo("MethodNotAllowed");
        assertThat(method.header("Allow")).isEqualTo("GET");
    }

    private Web.Reply list(Map<String, String> headers) {
        return web.get(simulator.httpUrl() + "/v1.0/deviceManagement/managedDevices?$top=1", headers);
    }

    private static String message(Web.Reply reply) {
        return reply.json().get("error").get("message").stringValue();
    }
}
