package io.acmpintune.connector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.connector.fixture.Configured;
import io.acmpintune.runtime.access.FuzzedRequests;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of the service with requests that nobody means: each is answered, and none is our fault. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class FuzzedRoutesTest {

    private static final String CONNECTOR = "/api/v1/connectors/{connector}";
    private static final Map<String, String> BODIES = Map.of("POST " + CONNECTOR + "/actions", """
            {"kind": "wipe", "deviceId": "device-1", "requestedBy": "anna", "justification": "lost", "origin": "W_1",
            "expiresAt": "2036-01-01T00:00:00Z", "wipe": {"keepUserData": true, "macOsUnlockCode": "123456"},
            "expected": {"serialNumber": "1", "deviceName": "n", "userPrincipalName": "u@x", "ownerType": "company"}}
            """, "POST " + CONNECTOR + "/actions/{id}/decision", "{\"verdict\": \"taken\", \"decidedBy\": \"anna\"}",
            "POST " + CONNECTOR + "/actions/{id}/cancellation", "{\"cancelledBy\": \"anna\"}",
            "POST " + CONNECTOR + "/actions/{id}/unlock-pin", "{\"requestedBy\": \"anna\"}",
            "PUT " + CONNECTOR + "/scanner", "{\"incrementalInterval\": \"5m\", \"fullInterval\": \"24h\"}",
            "PUT " + CONNECTOR + "/stops/{origin}",
            "{\"stopped\": true, \"changedBy\": \"anna\", \"decidedAt\": \"2026-01-01T00:00:00Z\"}",
            "POST " + CONNECTOR + "/removal-holds/{id}/decision", "{\"decision\": \"remove\", \"decidedBy\": \"anna\"}",
            "POST /api/v1/connectors/verification", """
                    {"name": "c", "tenantId": "b03d2ccd-adc1-4b9d-bdb8-87564b94030c", "cloud": "global",
                    "clientId": "b03d2ccd-adc1-4b9d-bdb8-87564b94030c"}
                    """);

    private final ApplicationContext context;
    private final int port;

    FuzzedRoutesTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        // each request is to reach its route
        registry.add("connector.limits.burst", () -> 1_000_000);
        TestDatabase.fresh().configure(registry::add);
        ApiAccess.configure(registry);
        Map<String, String> connector = new HashMap<>(Configured.secret());
        connector.putAll(Map.of("cloud", "custom", "login-endpoint", "https://127.0.0.1:1", "graph-endpoint",
                "https://127.0.0.1:1"));
        connector.forEach((key, value) -> registry.add("intune.connectors.IntuneConnector_1." + key, () -> value));
    }

    @Test
    void noRequestIsAnsweredWithAFailureOfOurs() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        FuzzedRequests.Outcome outcome = new FuzzedRequests(port, MappedRoutes.of(context),
                Map.of("connector", List.of("IntuneConnector_1"), "origin", List.of("W_1", "*")), BODIES,
                List.of(ApiAccess.TOKEN, ApiAccess.LIFTING_TOKEN)).send(seed);
        System.out.printf("-Dfuzz.seed=%d: %d requests in %d ms: %s%n", seed, outcome.requests(),
                outcome.took().toMillis(), outcome.statuses());

        assertThat(outcome.offences()).isEmpty();
        assertThat(outcome.statuses()).as("some requests are right").containsKeys(200, 400, 404);
    }
}
