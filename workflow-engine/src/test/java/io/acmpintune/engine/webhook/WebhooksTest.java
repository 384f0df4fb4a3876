package io.acmpintune.engine.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.runtime.lane.LaneRuns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class WebhooksTest {

    private static final WireMockServer RECEIVER = receiver();
    private static final String SECRET = "canary-webhook-secret-0123456789abcdef";
    private static final String NAME = "chat";
    private static final UUID JOB = new UUID(1, 2);
    private static final WebhookEvent FINISHED = new WebhookEvent.JobFinished("IntuneMobileDevices_1", JOB,
            "WipeIntuneDevices", 3, 1);

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final DeliveryRepository deliveries = new DeliveryRepository(database.jdbc());

    private static WireMockServer receiver() {
        WireMockServer receiver = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        receiver.start();
        return receiver;
    }

    @AfterAll
    static void stop() {
        RECEIVER.stop();
    }

    @BeforeEach
    void nothingYet() {
        RECEIVER.resetAll();
        database.jdbc().sql("truncate webhook_delivery").update();
    }

    @Test
    void anEventIsSentSignedAndNotedAsDelivered() throws GeneralSecurityException {
        answers(204);
        enqueue(FINISHED);

        Duration pause = run();

        LoggedRequest request = received().getFirst();
        String timestamp = request.getHeader("X-Acmp-Intune-Timestamp");
        assertThat(timestamp).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        assertThat(request.getHeader("X-Acmp-Intune-Signature-256"))
                .isEqualTo("sha256=" + hmac(timestamp + "." + request.getBodyAsString()));
        assertThat(request.getHeader("X-Acmp-Intune-Event")).isEqualTo("job-finished");
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        JsonNode body = JsonMapper.shared().readTree(request.getBodyAsString());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("id", "event", "at", "workflow", "job",
                "queryAction", "targets", "refused");
        assertThat(body.path("id").asString()).isEqualTo(request.getHeader("X-Acmp-Intune-Delivery"));
        assertThat(body.path("job").asString()).isEqualTo(JOB.toString());
        assertThat(body.path("at").asString()).isEqualTo(clock.instant().toString());
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(only().lastStatus()).isEqualTo(204);
        assertThat(only().nextAttemptAt()).isNull();
        assertThat(pause).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyEventHasItsNameAndItsBody() {
        answers(200);
        Instant until = clock.instant().plus(Duration.ofHours(24));
        List<WebhookEvent> events = List.of(FINISHED,
                new WebhookEvent.ApprovalRequested("W_1", JOB, "WipeIntuneDevices", 7, until),
                new WebhookEvent.CapReached("W_1", "WipeIntuneDevices", 10, 600),
                new WebhookEvent.ConnectionBroken("W_1", "ACMP-1", "acmp-unreachable"),
                new WebhookEvent.CredentialExpiring("W_1", "IntuneConnector_1", "reading", until),
                new WebhookEvent.ForeignActions("W_1", "IntuneConnector_1", 3),
                new WebhookEvent.SignInsFailing(WebhookEvent.EVERYWHERE, 5, 9, 900),
                new WebhookEvent.RestoreSuspected("W_1", true),
                new WebhookEvent.StopPressed(WebhookEvent.EVERYWHERE), new WebhookEvent.StopLifted("W_1"),
                new WebhookEvent.LockReleased("W_1"));
        events.forEach(this::enqueue);

        run();

        assertThat(received()).extracting(request -> request.getHeader("X-Acmp-Intune-Event"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(WebhookEventType.values()).map(WebhookEventType::text).toList());
        assertThat(received()).extracting(LoggedRequest::getBodyAsString)
                .anyMatch(body -> body.contains("\"devices\":7") && body.contains(until.toString()));
    }

    @Test
    void anEventOfATransactionThatFailsIsToldToNobody() {
        assertThatThrownBy(() -> database.transactions().executeWithoutResult(_ -> {
            webhooks(Set.of(WebhookEventType.JOB_FINISHED)).enqueue(FINISHED);
            throw new IllegalArgumentException("the cause failed");
        })).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> webhooks(Set.of(WebhookEventType.JOB_FINISHED)).enqueue(FINISHED))
                .isInstanceOf(IllegalStateException.class);

        assertThat(page()).isEmpty();
    }

    @Test
    void whoDidNotSubscribeIsToldNothing() {
        database.transactions()
                .executeWithoutResult(_ -> webhooks(Set.of(WebhookEventType.CAP_REACHED)).enqueue(FINISHED));

        assertThat(page()).isEmpty();
    }

    @Test
    void whatIsNotTakenIsRepeatedWithGrowingPausesUnderTheSameIdAndGivenUpAfterADay(CapturedOutput output) {
        answers(500);
        enqueue(FINISHED);
        Instant end = clock.instant().plus(Duration.ofHours(24));

        assertThat(run()).isEqualTo(Duration.ofSeconds(10));
        assertThat(only().lastProblem()).contains("answered 500");
        clock.advance(Duration.ofSeconds(10));
        assertThat(run()).isEqualTo(Duration.ofSeconds(10));
        assertThat(only().nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(20));
        while (only().state() == Delivery.State.WAITING) {
            clock.advance(Duration.between(clock.instant(), only().nextAttemptAt()));
            run();
        }

        assertThat(only().state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(clock.instant()).isBetween(end.minus(Duration.ofHours(1)), end);
        assertThat(only().attempts()).isEqualTo(received().size()).isBetween(25, 40);
        assertThat(received().stream()
                .map(request -> request.getHeader("X-Acmp-Intune-Delivery"))
                .collect(Collectors.toSet())).hasSize(1);
        assertThat(output).contains("Gave up a delivery after 24 h", "webhook=chat, delivery=" + only().id())
                .doesNotContain("canary")
                .doesNotContain("/hook");
    }

    @Test
    void whatWasGivenUpCanBeOrderedAgain() {
        answers(500);
        enqueue(FINISHED);
        run();
        clock.advance(Duration.ofHours(25));
        run();
        assertThat(only().state()).isEqualTo(Delivery.State.GIVEN_UP);

        answers(200);
        UUID id = only().id();
        database.transactions()
                .executeWithoutResult(_ -> assertThat(webhooks(EnumSet.allOf(WebhookEventType.class)).redeliver(id))
                        .hasValueSatisfying(again -> assertThat(again.state()).isEqualTo(Delivery.State.WAITING)));
        run();

        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(only().attempts()).isEqualTo(1);
        database.transactions()
                .executeWithoutResult(
                        _ -> assertThat(webhooks(Set.of()).redeliver(UUID.randomUUID())).isEmpty());
    }

    @Test
    void aRedirectIsNotFollowed() {
        RECEIVER.stubFor(post(anyUrl()).willReturn(
                aResponse().withStatus(307).withHeader("Location", RECEIVER.baseUrl() + "/elsewhere")));
        enqueue(FINISHED);

        run();

        assertThat(received()).hasSize(1);
        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(only().lastProblem()).contains("redirects are not followed");
    }

    @Test
    void aReceiverThatNeverComesToAnEndIsGivenNoMoreThanItsTime() {
        RECEIVER.stubFor(post(anyUrl()).willReturn(
                aResponse().withStatus(200).withBody("x".repeat(100)).withChunkedDribbleDelay(100, 60_000)));
        enqueue(FINISHED);

        run();

        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(only().lastStatus()).isNull();
        assertThat(only().lastProblem()).contains("did not answer within");
    }

    @Test
    void aReceiverThatIsNotThereIsAskedAgainAndItsAddressIsNotTold() {
        enqueue(FINISHED);

        run(UnreachableAddress.http().resolve("/canary-path"));

        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(only().lastProblem()).contains("could not be reached").doesNotContain("canary");
    }

    @Test
    void whatEndedAMonthAgoIsForgotten() {
        answers(200);
        enqueue(FINISHED);
        run();
        clock.advance(Duration.ofDays(31));

        run();

        assertThat(page()).isEmpty();
    }

    private static void answers(int status) {
        RECEIVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    private static List<LoggedRequest> received() {
        return RECEIVER.findAll(postRequestedFor(anyUrl()));
    }

    private void enqueue(WebhookEvent event) {
        database.transactions()
                .executeWithoutResult(_ -> webhooks(EnumSet.allOf(WebhookEventType.class)).enqueue(event));
    }

    private Webhooks webhooks(Set<WebhookEventType> events) {
        return new Webhooks(List.of(webhook(URI.create(RECEIVER.baseUrl()), events)), deliveries, database.lanes(),
                JsonMapper.shared(), clock);
    }

    private Duration run() {
        return run(URI.create(RECEIVER.baseUrl() + "/hook"));
    }

    private Duration run(URI address) {
        Webhook webhook = webhook(address, EnumSet.allOf(WebhookEventType.class));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new WebhookLane(webhook, new WebhookSender(webhook, http, Duration.ofSeconds(1)), deliveries, clock)
                    .run(LaneRuns.begin(database.jdbc(), database.transactions(), Webhooks.LANE, NAME, () -> false));
        }
    }

    private static Webhook webhook(URI address, Set<WebhookEventType> events) {
        return new Webhook(NAME, address, SECRET, null, events);
    }

    private Delivery only() {
        return page().getFirst();
    }

    private List<Delivery> page() {
        return deliveries.page(null, null, Long.MAX_VALUE, 10);
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
