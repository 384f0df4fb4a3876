package io.acmpintune.engine;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.runtime.fixture.TcpProxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole service with low limits, behind a connection to its database that breaks. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class OverloadAndOutageTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int BURST = 10;
    private static final int STREAMS = 2;
    private static final int MEGABYTE = 1024 * 1024;
    private static final String SESSION = Base64.getEncoder()
            .encodeToString(UUID.randomUUID().toString().getBytes(UTF_8));
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TcpProxy CONNECTION = TcpProxy.inFrontOf(DATABASE.url());
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ApiCaller nobody;
    private final JdbcClient jdbc;

    OverloadAndOutageTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.nobody = ApiCaller.local(port, null);
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        DATABASE.configure(registry::add);
        registry.add("spring.datasource.url", () -> CONNECTION.through(DATABASE.url()));
        registry.add("engine.limits.requests-per-second", () -> 2);
        registry.add("engine.limits.burst", () -> BURST);
        registry.add("engine.limits.held-requests", () -> STREAMS);
    }

    @AfterAll
    static void stop() throws IOException {
        CONNECTION.close();
    }

    private ApiCaller as(Role role) {
        return nobody.with(QuietEngine.token(role));
    }

    @Test
    void anIdentityWithTooManyRequestsIsAskedToWaitAndMayStillStop() throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 3 * BURST; i++) {
            answers.add(send(as(Role.APPROVER).request("/api/v1/locks")));
        }

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).isNotEmpty().allSatisfy(refused -> {
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 5L);
            assertThat(refused.body()).contains("too-many-requests", "token:some-approver");
        });
        for (int i = 0; i < 3 * BURST; i++) {
            assertThat(as(Role.APPROVER).get("/api/v1/emergency-stop").status()).isEqualTo(200);
        }
        assertThat(as(Role.APPROVER).post("/api/v1/emergency-stop", Map.of("workflow", "*", "reason", "test")).status())
                .isEqualTo(200);
        assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsRefusedWhetherItSaysSoOrNot() throws Exception {
        String large = "{\"requestedBy\": \"" + "x".repeat(MEGABYTE) + "\"}";
        HttpRequest.Builder request = as(Role.OPERATOR).request("/api/v1/query-actions")
                .header("Content-Type", "application/json");

        HttpResponse<String> known = send(request.POST(HttpRequest.BodyPublishers.ofString(large)));
        HttpResponse<String> streamed = send(request
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8)))));
        HttpResponse<String> smaller = send(request
                .POST(HttpRequest.BodyPublishers.ofString(large.replace("x".repeat(100), ""))));

        assertThat(List.of(known, streamed)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("body-too-large");
        });
        assertThat(smaller.statusCode()).isEqualTo(400);
    }

    @Test
    void onlySoManyEventStreamsOfAnIdentityAreOpen() throws Exception {
        UUID job = UUID.randomUUID();
        jdbc.sql("""
                insert into job (id, workflow, query_action, impact, requested_by, idempotency_key, request, created_at,
                    expires_at, state)
                values (:id, :workflow, 'SYNCHRONIZE', 'HARMLESS', 'anna', :id::text, '{}', now(),
                    now() + interval '1 day', 'AWAITING_APPROVAL')
                """).param("id", job).param("workflow", TestWorkflows.NAME).update();
        HttpRequest stream = as(Role.VIEWER).request("/api/v1/jobs/" + job + "/events").build();
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            open.add(HTTP.send(stream, HttpResponse.BodyHandlers.ofInputStream()));
        }

        HttpResponse<String> refused = HTTP.send(stream, HttpResponse.BodyHandlers.ofString());

        assertThat(open).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            // although the job goes on
            assertThat(new BufferedReader(new InputStreamReader(answer.body(), UTF_8)).lines()
                    .anyMatch("event: job"::equals)).isTrue();
        });
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("too-many-streams");
        open.getFirst().body().close();
        jdbc.sql("update job set revision = revision + 1, state = 'FINISHED', finished_at = now() where id = :id")
                .param("id", job)
                .update();
        await().atMost(RECOVERY).pollInterval(AT_ONCE).untilAsserted(() -> {
            HttpResponse<InputStream> again = HTTP.send(stream, HttpResponse.BodyHandlers.ofInputStream());
            again.body().close();
            assertThat(again.statusCode()).isEqualTo(200);
        });
    }

    @Test
    void whileTheDatabaseIsGoneRequestsFailSoonAndHealthAnswersAtOnce() {
        CONNECTION.cut();
        try {
            await().atMost(SOON).until(() -> nobody.get("/actuator/health").status() == 503);
            List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                requests.add(HTTP.sendAsync(
                        as(Role.ADMINISTRATOR).request("/api/v1/jobs").timeout(SOON.plus(AT_ONCE)).build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            HttpResponse<String> page = send(nobody.request("/console/jobs")
                    .header("Cookie", "console-session=" + SESSION)
                    .header("Accept", "text/html"));
            long begin = System.nanoTime();
            HttpResponse<String> health = send(nobody.request("/actuator/health"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);

            assertThat(health.body()).contains("DOWN");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Database unavailable");
            assertThat(requests).allSatisfy(request -> {
                HttpResponse<String> answer = request.join();
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).contains("database-unavailable");
            });
        } finally {
            CONNECTION.mend();
        }

        await().atMost(RECOVERY).until(() -> nobody.get("/actuator/health").status() == 200);
        await().atMost(RECOVERY).until(() -> as(Role.ADMINISTRATOR).get("/api/v1/jobs").status() == 200);
    }

    @Test
    void killedConnectionsFailSingleRequestsAndTheServiceRecovers() {
        JdbcClient admin = JdbcClient.create(DATABASE.dataSource("public"));
        for (int i = 0; i < 3; i++) {
            admin.sql("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """).query(Boolean.class).list();
            assertThat(as(Role.OPERATOR).get("/api/v1/emergency-stop").status()).isIn(200, 503);
        }

        await().atMost(RECOVERY)
                .until(() -> as(Role.OPERATOR).get("/api/v1/emergency-stop").status() == 200
                        && nobody.get("/actuator/health").status() == 200);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
