package io.acmpintune.connector;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.connector.fixture.Configured;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.runtime.fixture.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole service with low limits, behind a connection to its database that breaks. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class OverloadAndOutageTest {

    private static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int BURST = 20;
    private static final int MEGABYTE = 1024 * 1024;
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TcpProxy CONNECTION = TcpProxy.inFrontOf(DATABASE.url());

    private final ApiCaller engine;

    OverloadAndOutageTest(@LocalServerPort int port) {
        this.engine = ApiCaller.local(port, ApiAccess.TOKEN);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        DATABASE.configure(registry::add);
        registry.add("spring.datasource.url", () -> CONNECTION.through(DATABASE.url()));
        registry.add("connector.limits.requests-per-second", () -> 5);
        registry.add("connector.limits.burst", () -> BURST);
        registry.add("connector.limits.held-requests", () -> 1);
        ApiAccess.configure(registry);
        Map<String, String> connector = new HashMap<>(Configured.secret());
        connector.putAll(Map.of("cloud", "custom", "login-endpoint", "https://127.0.0.1:1", "graph-endpoint",
                "https://127.0.0.1:1"));
        connector.forEach((key, value) -> registry.add("intune.connectors.IntuneConnector_1." + key, () -> value));
    }

    @AfterAll
    static void stop() throws IOException {
        CONNECTION.close();
    }

    @Test
    void anIdentityWithTooManyRequestsIsAskedToWaitAndMayStillStop() {
        List<ApiCaller.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 3 * BURST; i++) {
            answers.add(engine.get(CONNECTOR + "/scanner"));
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 429)
                .isNotEmpty()
                .allSatisfy(
                        answer -> assertThat(answer.body()).contains("too-many-requests", "token:engine"));
        for (int i = 0; i < BURST; i++) {
            assertThat(engine.get(CONNECTOR + "/stops").status()).isEqualTo(200);
        }
        assertThat(engine.with(null).get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsRefused() {
        assertThat(engine.put(CONNECTOR + "/scanner", "{\"x\": \"" + "x".repeat(MEGABYTE) + "\"}").text("type"))
                .endsWith("body-too-large");
    }

    @Test
    void whileTheDatabaseIsGoneRequestsFailAndHealthAnswersAtOnce() {
        ApiCaller nobody = engine.with(null);
        CONNECTION.cut();
        try {
            await().atMost(RECOVERY).until(() -> nobody.get("/actuator/health").status() == 503);

            assertThat(engine.get(CONNECTOR + "/stops").text("type")).endsWith("database-unavailable");
            assertThat(nobody.get("/actuator/health").text("status")).isEqualTo("DOWN");
        } finally {
            CONNECTION.mend();
        }

        await().atMost(RECOVERY)
                .until(() -> nobody.get("/actuator/health").status() == 200
                        && engine.get(CONNECTOR + "/stops").status() == 200);
    }
}
