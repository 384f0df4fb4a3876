package io.acmpintune.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.fixture.ApiCaller;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

/** The whole service: the audit and the webhooks, as its API shows them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class AuditServiceTest {

    private static final String AUDIT = "/api/v1/audit";
    private static final WireMockServer RECEIVER = receiver();

    private final ApiCaller administrator;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Audit audit;
    private final Webhooks webhooks;

    AuditServiceTest(@LocalServerPort int port, @Autowired JdbcClient jdbc,
            @Autowired TransactionOperations transactions, @Autowired Audit audit, @Autowired Webhooks webhooks) {
        this.administrator = ApiCaller.local(port, QuietEngine.token(Role.ADMINISTRATOR));
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.webhooks = webhooks;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        registry.add("engine.webhooks.chat.url", () -> RECEIVER.baseUrl() + "/canary-hook");
        registry.add("engine.webhooks.chat.secret", () -> "canary-webhook-secret-0123456789abcdef");
        registry.add("engine.webhooks.chat.allow-unencrypted", () -> true);
        registry.add("engine.webhooks.chat.events", () -> "job-finished");
    }

    private static WireMockServer receiver() {
        WireMockServer receiver = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        receiver.start();
        receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
        return receiver;
    }

    @AfterAll
    static void stop() {
        RECEIVER.stop();
    }

    @Test
    void theConfigurationIsRecordedAtTheStartWithoutItsSecrets() {
        JsonNode entries = administrator.get(AUDIT + "?event=CONFIGURATION_CHANGED").json().path("entries");

        assertThat(entries).hasSize(1);
        JsonNode entry = entries.path(0);
        assertThat(entry.path("actor").asString()).isEqualTo("system:engine");
        assertThat(entry.has("before")).isFalse();
        JsonNode after = entry.path("after");
        assertThat(after.path("engine.api.tokens.token:some-approver").asString()).isEqualTo("approver");
        assertThat(after.path("engine.webhooks.chat.host").asString()).isEqualTo("localhost");
        assertThat(after.path("engine.webhooks.chat.events").asString()).isEqualTo("job-finished");
        assertThat(after.path("acmp.sics.username").asString()).isEqualTo("acmp");
        assertThat(after.path("acmp.workflows.IntuneMobileDevices_1.acmp-server-id").asString()).isEqualTo("ACMP-1");
        assertThat(jdbc.sql("select count(*) from audit_entry where audit_entry::text like '%canary%'")
                .query(Integer.class)
                .single()).isZero();
    }

    @Test
    void entriesAreReadInPages() {
        record(event("=1+1"), event("b"));

        JsonNode first = administrator.get(AUDIT + "?actor=token:carl&limit=1").json();
        JsonNode second = administrator.get(AUDIT + "?actor=token:carl&limit=1&after=" + first.path("next").asLong())
                .json();

        assertThat(first.path("entries").path(0).path("event").asString()).isEqualTo("REFUSED");
        assertThat(first.path("entries").path(0).path("hash").asString()).hasSize(64);
        assertThat(second.path("entries").path(0).path("seq").asLong())
                .isGreaterThan(first.path("entries").path(0).path("seq").asLong());
        assertThat(administrator.get(AUDIT + "?target=nothing").json().path("entries")).isEmpty();
        assertThat(administrator.get(AUDIT + "?to=2020-01-01T00:00:00Z").json().path("entries")).isEmpty();
    }

    @Test
    void aFilterThatCannotBeReadIsNamed() {
        for (String wrong : List.of("limit=0", "limit=1001", "actor=%00", "target=%00", "event=NOTHING", "from=today",
                "after=x")) {
            ApiCaller.Answer answer = administrator.get(AUDIT + "?" + wrong);

            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.wrongFields()).as(wrong).containsExactly(wrong.replaceFirst("=.*", ""));
        }
    }

    @Test
    void anExportHasEveryEntryAndNoFormulaAndIsAnEntryItself() {
        record(event("=HYPERLINK(\"http://x\")"), event("-1"), event("two\nlines"));

        ApiCaller.Answer csv = administrator.get("/api/v1/audit.csv?event=REFUSED");

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.type()).startsWith("text/csv");
        assertThat(csv.body()).startsWith("seq,at,actor")
                .contains("\"'=HYPERLINK(\"\"http://x\"\")\"")
                .contains(",'-1,")
                .contains("\"two\nlines\"")
                .doesNotContain("CONFIGURATION_CHANGED");
        assertThat(administrator.get(AUDIT + "?event=AUDIT_EXPORTED&actor=token:some-administrator")
                .json()
                .path("entries")).isNotEmpty();
    }

    @Test
    void aVerificationTellsTheHashThatALaterOneCanBeGiven() {
        JsonNode first = administrator.post(AUDIT + "/verification", "", Map.of()).json();
        assertThat(first.path("intact").asBoolean()).isTrue();

        String witness = "{\"entries\":%d,\"hash\":\"%s\"}";
        long entries = first.path("entries").asLong();
        JsonNode second = administrator.post(AUDIT + "/verification",
                witness.formatted(entries, first.path("hash").asString()), Map.of()).json();
        JsonNode third = administrator.post(AUDIT + "/verification", witness.formatted(entries, "0".repeat(64)),
                Map.of()).json();

        assertThat(second.path("intact").asBoolean()).isTrue();
        assertThat(second.path("entries").asLong()).isGreaterThan(entries);
        assertThat(third.path("findings").path(0).path("fault").asString()).isEqualTo("CHANGED");
        assertThat(third.path("findings").path(0).path("first").asLong()).isEqualTo(entries);
        assertThat(administrator.post(AUDIT + "/verification", "{\"entries\":1}", Map.of()).wrongFields())
                .containsExactly("hash");
        assertThat(administrator.post(AUDIT + "/verification", "{\"hash\":\"x\"}", Map.of()).wrongFields())
                .containsExactly("entries");
    }

    @Test
    void anEventReachesItsWebhookAndIsSentAgainWhenItIsOrdered() {
        UUID job = UUID.randomUUID();
        transactions.executeWithoutResult(_ -> webhooks
                .enqueue(new WebhookEvent.JobFinished("IntuneMobileDevices_1", job, "WipeIntuneDevices", 1, 0)));
        String deliveries = "/api/v1/webhook-deliveries?webhook=chat";
        awaitState(deliveries, "DELIVERED");
        String id = administrator.get(deliveries).json().path("deliveries").path(0).path("id").asString();

        ApiCaller.Answer again = administrator.post("/api/v1/webhook-deliveries/" + id + "/redelivery", "", Map.of());

        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.json().path("event").asString()).isEqualTo("job-finished");
        awaitState(deliveries, "DELIVERED");
        assertThat(RECEIVER.findAll(postRequestedFor(anyUrl()))).hasSize(2)
                .allSatisfy(request -> assertThat(request.getHeader("X-Acmp-Intune-Delivery")).isEqualTo(id));
        JsonNode entry = administrator.get(AUDIT + "?target=" + id).json().path("entries").path(0);
        assertThat(entry.path("event").asString()).isEqualTo("WEBHOOK_REDELIVERY_REQUESTED");
        assertThat(entry.path("actor").asString()).isEqualTo("token:some-administrator");
    }

    private void awaitState(String deliveries, String state) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> administrator.get(deliveries)
                        .json()
                        .path("deliveries")
                        .path(0)
                        .path("state")
                        .asString("")
                        .equals(state));
    }

    private void record(AuditEvent... events) {
        transactions.executeWithoutResult(_ -> audit.record(List.of(events)));
    }

    private static AuditEvent event(String reason) {
        return AuditEvent.of(AuditEventType.REFUSED, "token:carl").to(AuditTarget.Kind.CLIENT, "c").because(reason);
    }
}
