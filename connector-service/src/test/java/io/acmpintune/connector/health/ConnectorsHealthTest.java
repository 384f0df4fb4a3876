package io.acmpintune.connector.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.fixture.Configured;
import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.fixture.TestClock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** What health and metrics say of a connector whose Graph fails and comes back. */
class ConnectorsHealthTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    private static final String BATCH = "/v1.0/$batch";

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final TestClock clock = TestClock.running();
    private final Connectors connectors = connectors();
    private final RequestBudgets budgets = new RequestBudgets(connectors.all(), database.jdbc(),
            database.transactions());
    private final Graphs graphs = new Graphs(connectors.all(),
            new DefaultSslBundleRegistry("microsoft", MICROSOFT.trust()), JsonMapper.shared(), clock, budgets);
    private final Graph graph = graphs.of(connectors.all().getFirst());
    private final CredentialMonitor watch = new CredentialMonitor(connectors, clock);
    private final ConnectorsHealth health = new ConnectorsHealth(connectors, graphs, watch);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken("t-1");
        watch.check();
        new ConnectorMetrics(connectors, graphs, budgets, watch).bindTo(meters);
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    @Test
    void aConnectorThatWorksIsOk() {
        answers(200);
        look();

        assertThat(connector().path("condition").asString()).isEqualTo("ok");
        JsonNode reading = connector().path("reading");
        assertThat(reading.path("circuit").asString()).isEqualTo("closed");
        assertThat(reading.path("credential").asString()).isEqualTo("client-secret");
        assertThat(reading.path("credentialExpires").asString()).isEqualTo("2027-01-31T00:00:00Z");
        assertThat(connector().has("acting")).isFalse();
        assertThat(requests("answered")).isEqualTo(1);
    }

    @Test
    void aConnectorWhoseCallsKeepFailingIsDegradedAndTheServiceIsUpAndAsksNoMore() {
        answers(503);
        for (int i = 0; i < 8; i++) {
            look();
        }

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(connector().path("condition").asString()).isEqualTo("degraded");
        assertThat(connector().path("reading").path("circuit").asString()).isEqualTo("open");
        assertThat(connector().path("reading").path("lastProblem").asString()).isEqualTo("graph-failing");
        assertThat(sent()).isEqualTo(5);
        assertThat(requests("failed")).isEqualTo(5);
        assertThat(meters.get("acmp.intune.circuit.open").gauge().value()).isEqualTo(1);
        assertThat(graph.actions().reserve(1)).as("actions stay queued").isFalse();
    }

    @Test
    void afterHalfAMinuteOneCallIsTriedAndAnAnswerClosesTheCircuit() {
        answers(503);
        for (int i = 0; i < 6; i++) {
            look();
        }
        clock.advance(Duration.ofSeconds(31));
        look();
        look();
        assertThat(sent()).as("five, and one try").isEqualTo(6);

        answers(200);
        clock.advance(Duration.ofSeconds(31));
        assertThat(graph.actions().reserve(1)).isTrue();
        look();

        assertThat(connector().path("condition").asString()).isEqualTo("ok");
        assertThat(connector().path("reading").has("lastProblem")).isFalse();
    }

    @Test
    void missingTokensOpenTheCircuitToo() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: canary\"}")));
        for (int i = 0; i < 8; i++) {
            look();
        }

        assertThat(MICROSOFT.tokenRequests()).isEqualTo(5);
        assertThat(connector().path("reading").path("lastProblem").asString()).isEqualTo("entra-refused");
        assertThat(health().toString()).as("no text of others, no secret").doesNotContain("canary");
        assertThat(requests("no-token")).isEqualTo(5);
    }

    @Test
    void throttlingDoesNotCountAsAFailure() {
        answers(429);
        for (int i = 0; i < 8; i++) {
            look();
        }

        assertThat(connector().path("condition").asString()).isEqualTo("ok");
        assertThat(requests("throttled")).isEqualTo(8);
    }

    @Test
    void theWaitsForTheBudgetAndTheDaysLeftAreMeasured() {
        answers(200);
        look();

        assertThat(meters.get("acmp.intune.budget.wait").functionTimer().count()).isEqualTo(1);
        assertThat(meters.get("acmp.intune.credential.expiry.days").gauge().value()).isBetween(-10_000.0, 1_000.0);
    }

    private void look() {
        assertThat(graph.devices().statuses(List.of(new DeviceId("d-1")))).hasSize(1);
    }

    private static void answers(int status) {
        MICROSOFT.answers(post(BATCH).willReturn(status == 200
                ? okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":404,\"headers\":{}}]}")
                : aResponse().withStatus(status)));
    }

    private static int sent() {
        return MICROSOFT.requests(postRequestedFor(urlEqualTo(BATCH)));
    }

    private double requests(String outcome) {
        return meters.get("acmp.intune.graph.requests").tag("outcome", outcome).functionCounter().count();
    }

    private JsonNode connector() {
        return health().path("IntuneConnector_1");
    }

    private JsonNode health() {
        Health now = health.health();
        return JsonMapper.shared().valueToTree(now.getDetails());
    }

    private static Connectors connectors() {
        Map<String, String> properties = new HashMap<>(Configured.secret());
        properties.putAll(Map.of("cloud", "custom", "login-endpoint", MICROSOFT.address().toString(),
                "graph-endpoint", MICROSOFT.address().toString(), "ssl-bundle", "microsoft", "client-secret-expires",
                "2027-01-31"));
        return Configured.connectors(properties, "microsoft");
    }
}
