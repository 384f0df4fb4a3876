package io.acmpintune.engine;

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

import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.access.FuzzedRequests;
import io.acmpintune.runtime.access.MappedRoutes;
import io.acmpintune.runtime.access.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of the engine with requests that nobody means: each is answered, and none is our fault. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class FuzzedRoutesTest {

    private static final String CLIENT = "b03d2ccd-adc1-4b9d-bdb8-87564b94030c";
    private static final String ORDER = """
            {"queryAction": "WipeIntuneDevices", "clientIds": ["%s"], "requestedBy": "anna", "confirmed": true,
            "confirmedCount": 1, "justification": "lost", "parameters": {"keepUserData": false}}
            """.formatted(CLIENT);
    private static final String FILTERED = """
            {"queryAction": "SendIntuneNotification", "clientSet": "0", "requestedBy": "anna",
            "filter": {"search": "a", "operatingSystem": "iOS", "ownership": "company", "clientType": "ctIOS",
            "compliance": "compliant", "lastSyncBefore": "2026-11-01T00:00:00Z", "lastSyncSince": "2026-10-01T00:00:00Z"},
            "parameters": {"title": "t", "body": "b"}}
            """;
    private static final Map<String, String> BODIES = Map.ofEntries(Map.entry("POST /api/v1/query-actions", ORDER),
            Map.entry("POST /api/v1/query-actions/preview", FILTERED),
            Map.entry("POST /api/v1/approvals/{id}/decision", "{\"approve\": true, \"reason\": \"seen\"}"),
            Map.entry("POST /api/v1/audit/verification",
                    "{\"entries\": 1, \"hash\": \"%s\"}".formatted("0".repeat(64))),
            Map.entry("POST /api/v1/devices/{workflow}/{device}/decision",
                    "{\"decision\": \"pin\", \"clientId\": \"%s\", \"requestedBy\": \"anna\"}".formatted(CLIENT)),
            Map.entry("POST /api/v1/emergency-stop", "{\"workflow\": \"*\", \"reason\": \"r\"}"),
            Map.entry("POST /api/v1/emergency-stop/lift", "{\"workflow\": \"*\"}"),
            Map.entry("POST /api/v1/jobs/{id}/retry",
                    "{\"requestedBy\": \"anna\", \"confirmed\": true, \"confirmedCount\": 1}"),
            Map.entry("POST /api/v1/jobs/{id}/targets/{clientId}/decision", "{\"verdict\": \"taken\"}"),
            Map.entry("POST /api/v1/workflows/{name}/holds/{id}/decision",
                    "{\"decision\": \"release\", \"decidedBy\": \"anna\"}"),
            Map.entry("POST /api/v1/workflows/{name}/parked/retry", "{\"requestedBy\": \"anna\"}"),
            Map.entry("POST /api/v1/workflows/{name}/plan", "{}"),
            Map.entry("POST /api/v1/workflows/{name}/runs", "{\"requestedBy\": \"anna\"}"));

    private final ApplicationContext context;
    private final int port;

    FuzzedRoutesTest(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        // each request is to reach its route
        registry.add("engine.limits.burst", () -> 1_000_000);
        QuietEngine.configure(registry);
    }

    @Test
    void noRequestIsAnsweredWithAFailureOfOurs() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        FuzzedRequests.Outcome outcome = new FuzzedRequests(port, MappedRoutes.of(context),
                Map.of("workflow", List.of(TestWorkflows.NAME), "name", List.of(TestWorkflows.NAME), "clientId",
                        List.of(CLIENT)),
                BODIES, Role.all().stream().map(QuietEngine::token).toList()).send(seed);
        System.out.printf("-Dfuzz.seed=%d: %d requests in %d ms: %s%n", seed, outcome.requests(),
                outcome.took().toMillis(), outcome.statuses());

        assertThat(outcome.offences()).isEmpty();
        assertThat(outcome.statuses()).as("some requests are right").containsKeys(200, 202, 400, 403, 404);
    }
}
