package io.acmpintune.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Five connectors whose Microsoft takes connections and never answers, and one that works: a service that gave its lanes the
 * single thread that is configured here would be stuck with the first of them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.MethodName.class)
class ManyConnectorsTest {

    private static final String TOKEN = ApiAccess.TOKEN;
    private static final String WORKS = "/api/v1/connectors/Works";
    private static final Simulator MICROSOFT = simulator();
    private static final ServerSocket SILENT = silent();

    private final ApiCaller caller;

    ManyConnectorsTest(@LocalServerPort int port) {
        this.caller = ApiCaller.local(port, TOKEN);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        ApiAccess.configure(registry);
        registry.add("db-scheduler.polling-interval", () -> "50ms");
        registry.add("db-scheduler.threads", () -> 1);
        registry.add("db-scheduler.shutdown-max-wait", () -> "1s");
        registry.add("spring.ssl.bundle.pem.microsoft.truststore.certificate",
                () -> "file:" + MICROSOFT.access().ca());
        for (int i = 1; i <= 5; i++) {
            connector(registry, "Hangs_" + i, URI.create("https://127.0.0.1:" + SILENT.getLocalPort()));
        }
        connector(registry, "Works", URI.create(MICROSOFT.httpsUrl()));
        registry.add("intune.connectors.Works.actions.follow-up", () -> "1s");
    }

    private static void connector(DynamicPropertyRegistry registry, String name, URI address) {
        Map.of("tenant-id", MICROSOFT.access().tenantId(), "client-id", MICROSOFT.access().clientId(),
                "authentication", "client-secret", "client-secret", MICROSOFT.access().clientSecret(), "cloud",
                "custom", "login-endpoint", address, "graph-endpoint", address, "ssl-bundle", "microsoft")
                .forEach((key, value) -> registry.add("intune.connectors." + name + "." + key, () -> value));
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults()
                    .withDevices(20)
                    .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)));
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator did not start", e);
        }
    }

    /** Its queue takes connections; nobody ever reads from them. */
    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MICROSOFT.close();
        SILENT.close();
    }

    @Test
    @Timeout(25)
    void connectorsThatHangDoNotDelayAnothersScansAndActions() {
        JsonNode scan = caller.get(WORKS).json().path("lastScan");
        while (!scan.path("state").asString("").equalsIgnoreCase("finished")) {
            scan = caller.get(WORKS).json().path("lastScan");
        }
        String device = MICROSOFT.tenant().ids().getFirst();
        String id = caller.post(WORKS + "/actions",
                "{\"kind\":\"syncDevice\",\"deviceId\":\"" + device + "\",\"requestedBy\":\"test\"}",
                Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                .json()
                .path("id")
                .asString("");
        while (!caller.get(WORKS + "/actions/" + id).json().path("state").asString("").equalsIgnoreCase("done")) {
            Thread.onSpinWait();
        }

        assertThat(caller.get("/api/v1/connectors/Hangs_1").json().path("lastScan").path("state").asString(""))
                .isEqualToIgnoringCase("running");
    }

    @Test
    void healthShowsEachConnectorToWhoeverHasATokenAndTheStatusAloneToAnybody() {
        JsonNode all = caller.get("/actuator/health").json();
        ApiCaller.Answer anybody = caller.with(null).get("/actuator/health");

        assertThat(all.path("status").asString()).isEqualTo("UP");
        JsonNode details = all.path("components").path("connectors").path("details");
        assertThat(details.propertyNames()).containsExactlyInAnyOrder("Hangs_1", "Hangs_2", "Hangs_3", "Hangs_4",
                "Hangs_5", "Works");
        assertThat(details.path("Works").path("reading").path("circuit").asString()).isEqualTo("closed");
        assertThat(details.path("Works").path("reading").path("credentialExpires").asString()).isEqualTo("unknown");
        assertThat(all.toString()).doesNotContain(MICROSOFT.access().clientSecret());
        assertThat(anybody.status()).isEqualTo(200);
        assertThat(anybody.body()).doesNotContain("components").doesNotContain("Works");
    }

    @Test
    void theMetricsOfEachConnectorAreThere() {
        String metrics = caller.with(null).get("/actuator/prometheus").body();

        assertThat(metrics).contains("acmp_intune_graph_requests_total{connector=\"Works\",outcome=\"answered\"")
                .contains("acmp_intune_circuit_open{connector=\"Hangs_1\",use=\"reading\"} 0.0")
                .contains("acmp_intune_budget_wait_seconds_count{connector=\"Works\"")
                .contains("acmp_intune_credential_expiry_days{connector=\"Works\"")
                .doesNotContain(FakeMicrosoft.SECRET);
    }
}
