package io.acmpintune.connector.graph;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The device list and all that goes wrong with it. */
class DevicePagesTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    private static final String LIST = "/v1.0/deviceManagement/managedDevices";

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final JsonMapper json = JsonMapper.shared();
    private final String accessToken = UUID.randomUUID().toString();
    private RetryDelays pauses = new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(5), 3);

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken(accessToken);
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    @Test
    void theFirstPageAsksForOurColumnsAndThePageSize() {
        first(page("d-1"));

        assertThat(readAll()).containsExactly("d-1");
        LoggedRequest request = requests().getFirst();
        assertThat(request.queryParameter("$top").firstValue()).isEqualTo("50");
        assertThat(request.queryParameter("$select").firstValue()).startsWith("id,deviceName,").doesNotContain(" ");
        assertThat(request.queryParameter("$skip").isPresent()).isFalse();
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + accessToken);
    }

    @Test
    void pagesAreFollowedToTheLast() {
        first(page("d-1", link("a")));
        next("a", okJson(page("d-2", link("b"))));
        next("b", okJson(page("d-3")));

        try (DevicePages pages = pages()) {
            assertThat(readAll(pages)).containsExactly("d-1", "d-2", "d-3");
            assertThat(pages.next()).as("behind the last page").isEmpty();
            assertThat(pages.calls()).isEqualTo(3);
        }
    }

    /** The token is opaque: braces are no URI template, and what is escaped stays as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"LastDeviceName='{kiosk} <A&B>',LastDeviceId='x'", "Anna's iPhone 📱", "a+b%20c==",
            "{+baseurl}", "$count"})
    void aLinkIsFollowedUnchanged(String token) {
        String escaped = token.replace("%", "%25").replace("&", "%26").replace("+", "%2B").replace(" ", "%20");
        first(page("d-1", link(escaped)));
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).withQueryParam("$skiptoken", equalTo(token))
                .willReturn(okJson(page("d-2"))));

        assertThat(readAll()).containsExactly("d-1", "d-2");
        assertThat(URLDecoder.decode(requests().getLast().getUrl().replaceFirst(".*skiptoken=", ""),
                StandardCharsets.UTF_8)).isEqualTo(token);
    }

    @Test
    void everyRequestHasAClientRequestIdOfItsOwn() {
        first(page("d-1", link("a")));
        next("a", okJson(page("d-2", link("b"))));
        next("b", okJson(page("d-3")));
        readAll();

        assertThat(requests()).extracting(request -> request.header("client-request-id").values())
                .doesNotHaveDuplicates()
                .allSatisfy(values -> assertThat(values).hasSize(1));
    }

    // ---- links that must not be followed

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:1/v1.0/deviceManagement/managedDevices?$skiptoken=x",
            "https://graph.example/v1.0/x", "http://localhost:%d/v1.0/x", "https://127.0.0.1:%d/v1.0/x", "/v1.0/x",
            "not a link", "https://localhost:%d@graph.example/x"})
    void aLinkToAnotherPlaceIsRefusedAndTheTokenStaysHere(String foreign) {
        first(page("d-1", foreign.replace("%d", String.valueOf(MICROSOFT.address().getPort()))));

        assertThat(failure().detail()).contains("next page outside");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        first(aResponse().withStatus(302)
                .withHeader("Location", "https://127.0.0.1:" + MICROSOFT.address().getPort() + "/elsewhere"));
        MICROSOFT.answers(get("/elsewhere").willReturn(okJson(page("foreign"))));

        assertThat(failure().status()).isEqualTo(302);
        assertThat(requests()).hasSize(1);
    }

    @Test
    @Timeout(30)
    void linksThatGoInACircleEndTheScan() {
        first(page("d-1", link("a")));
        next("a", okJson(page("d-2", link("b"))));
        next("b", okJson(page("d-3", link("a"))));

        assertThat(failure().detail()).contains("same next page twice");
        assertThat(requests()).hasSize(3);
    }

    @Test
    @Timeout(60)
    void linksThatNeverEndEndTheScan() {
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).atPriority(9)
                .willReturn(okJson("{\"value\":[],\"@odata.nextLink\":\"" + MICROSOFT.address() + LIST
                        + "?$skiptoken={{randomValue type='UUID'}}\"}").withTransformers("response-template")));

        try (DevicePages pages = pages(1_000_000)) {
            assertThat(catchThrowableOfType(GraphException.class, () -> readAll(pages)).problem().detail())
                    .contains("returned 10 next pages");
        }
        assertThat(requests()).hasSize(10);
    }

    // ---- repeating

    @Test
    void aThrottledPageIsRepeatedAfterTheTimeThatGraphNames() {
        inTurn(aResponse().withStatus(429).withHeader("Retry-After", "0.3"), okJson(page("d-1")));
        long begin = System.nanoTime();

        assertThat(readAll()).containsExactly("d-1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void aThrottledPageSlowsEverybodyDown() {
        inTurn(aResponse().withStatus(429).withHeader("Retry-After", "0.3"), okJson(page("d-1")));
        readAll();

        assertThat(database.jdbc()
                .sql("select pace from request_budget where quota = 'REQUESTS'")
                .query(Double.class)
                .single()).isEqualTo(0.5);
    }

    @Test
    @Timeout(30)
    void aThrottleThatLastsLongerThanAScanMayStandStillEndsItAndSaysWhenItGoesOn() {
        first(aResponse().withStatus(429).withHeader("Retry-After", "21600"));

        try (DevicePages pages = pages()) {
            GraphException failure = catchThrowableOfType(GraphException.class, pages::next);
            assertThat(failure.pause()).isEqualTo(Duration.ofHours(6));
            assertThat(failure.problem().kind()).isEqualTo(ProblemKind.GRAPH_THROTTLED);
            assertThat(failure.problem().detail()).contains("no requests are accepted until 20");
        }
        try (DevicePages next = pages()) {
            GraphException failure = catchThrowableOfType(GraphException.class, next::next);
            assertThat(failure.pause()).isBetween(Duration.ofMinutes(359), Duration.ofHours(6));
        }
        assertThat(requests()).as("the next scan does not even ask").hasSize(1);
    }

    @Test
    void throttlingWithoutATimeDoesNotCauseABusyLoop() {
        pauses = new RetryDelays(Duration.ofMillis(200), Duration.ofMillis(200), 6);
        first(aResponse().withStatus(429).withHeader("Retry-After", "0"));
        long begin = System.nanoTime();

        assertThat(failure().kind()).isEqualTo(ProblemKind.GRAPH_THROTTLED);
        assertThat(requests()).hasSize(6);
        // five random pauses of up to 200 ms: their sum is below 20 ms once in a million runs or so
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailingPageIsRepeatedAndTheScanGoesOn(int status) {
        inTurn(aResponse().withStatus(status).withHeader("Content-Type", "text/html").withBody("<html>sorry</html>"),
                okJson(page("d-1")));

        assertThat(readAll()).containsExactly("d-1");
    }

    @Test
    void aPageThatGoesOnFailingEndsTheScanWithItsStatusAndText() {
        first(aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<html>sorry</html>"));

        Problem problem = failure();

        assertThat(problem.kind()).isEqualTo(ProblemKind.GRAPH_FAILING);
        assertThat(problem.status()).isEqualTo(502);
        assertThat(problem.detail()).contains("sorry");
        assertThat(requests()).hasSize(3);
    }

    @Test
    void aRefusedRequestIsNotRetried() {
        first(aResponse().withStatus(400)
                .withBody("{\"error\":{\"code\":\"BadRequest\",\"message\":\"Could not find a property named 'x'\"}}"));

        assertThat(failure().detail()).contains("400 BadRequest: Could not find a property named 'x'");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aMissingPermissionNamesTheOneThatReadingNeeds() {
        first(aResponse().withStatus(403).withBody("{\"error\":{\"code\":\"Forbidden\",\"message\":\"no\"}}"));

        assertThat(failure().remedy()).contains("DeviceManagementManagedDevices.Read.All");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class)
    void aConnectionThatBreaksIsTriedAgain(Fault fault) {
        inTurn(aResponse().withFault(fault), okJson(page("d-1")));

        assertThat(readAll()).containsExactly("d-1");
    }

    @Test
    void aPageThatBreaksOffInTheMiddleIsReadAgainAsAWhole() {
        String whole = page("d-1", link("a"));
        inTurn(okJson(whole.substring(0, whole.length() - 20)), okJson(whole));
        next("a", okJson(page("d-2")));

        assertThat(readAll()).containsExactly("d-1", "d-2");
    }

    @Test
    void aRefusedTokenIsReplacedInTheMiddleOfAScan() {
        first(page("d-1", link("a")));
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).withQueryParam("$skiptoken", equalTo("a"))
                .withHeader("Authorization", equalTo("Bearer " + accessToken))
                .willReturn(aResponse().withStatus(401)));
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).withQueryParam("$skiptoken", equalTo("a"))
                .withHeader("Authorization", equalTo("Bearer t-2"))
                .willReturn(okJson(page("d-2"))));

        try (DevicePages pages = pages()) {
            assertThat(pages.next()).isPresent();
            MICROSOFT.givesToken("t-2");
            assertThat(pages.next()).isPresent();
        }
    }

    @Test
    void withoutATokenTheScanEndsWithEntrasReason() {
        MICROSOFT.answers(com.github.tomakehurst.wiremock.client.WireMock.post(FakeMicrosoft.TOKEN_PATH)
                .willReturn(aResponse().withStatus(401)
                        .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: x\"}")));

        try (DevicePages pages = pages()) {
            AccessTokenException none = catchThrowableOfType(AccessTokenException.class, pages::next);
            assertThat(none.problem().detail()).contains("AADSTS7000222");
        }
    }

    // ---- reading ahead, ending early

    @Test
    @Timeout(30)
    void theNextPageIsRequestedBeforeTheRowsOfThisOneHaveArrived() {
        // the link stands in front; the rest of the page would trickle for half a minute, were it not closed before
        first(okJson("{\"@odata.nextLink\":\"" + link("a") + "\",\"value\":[" + "{\"id\":\"d-1\"},".repeat(2_000)
                + "{\"id\":\"d-1\"}]}").withChunkedDribbleDelay(30, 30_000));
        next("a", okJson(page("d-2")));

        try (DevicePages pages = pages()) {
            CompletableFuture<Optional<List<DeviceRow>>> page = CompletableFuture.supplyAsync(pages::next);
            while (pages.calls() < 2) {
                assertThat(page.isDone()).as("the first page is through").isFalse();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @Timeout(10)
    void closingEndsAWaitForGraph() {
        first(aResponse().withStatus(429).withHeader("Retry-After", "300"));

        try (DevicePages pages = pages()) {
            while (requests().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(pages.calls()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(10)
    void anInterruptEndsAWaitForGraph() {
        first(aResponse().withStatus(429).withHeader("Retry-After", "300"));

        try (DevicePages pages = pages()) {
            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(java.util.concurrent.CancellationException.class, pages::next))
                    .isNotNull();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private Problem failure() {
        try (DevicePages pages = pages()) {
            return catchThrowableOfType(GraphException.class, () -> readAll(pages)).problem();
        }
    }

    private List<String> readAll() {
        try (DevicePages pages = pages()) {
            return readAll(pages);
        }
    }

    private static List<String> readAll(DevicePages pages) {
        List<String> ids = new ArrayList<>();
        for (Optional<List<DeviceRow>> page = pages.next(); page.isPresent(); page = pages.next()) {
            page.get().forEach(row -> ids.add(((DeviceRow.Parsed) row).device().id().value()));
        }
        return ids;
    }

    private DevicePages pages() {
        return pages(50);
    }

    private DevicePages pages(int pageSize) {
        AccessTokens tokens = new AccessTokens(MICROSOFT.connector(), MICROSOFT.trust(),
                Instant::now);
        return new DevicePages(
                new GraphTransport(MICROSOFT.connector(), tokens, MICROSOFT.trust(),
                        new CircuitBreaker("test", Instant::now)),
                new PageFetcher(new PageReader(json), new GraphErrorReader(json), Instant::now,
                        database.budget(MICROSOFT.connector()), pauses),
                pageSize, null);
    }

    private static void first(String body) {
        first(okJson(body));
    }

    private static void first(ResponseDefinitionBuilder answer) {
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).atPriority(9).willReturn(answer));
    }

    private static void next(String token, ResponseDefinitionBuilder answer) {
        MICROSOFT.answers(
                get(urlPathEqualTo(LIST)).withQueryParam("$skiptoken", equalTo(token)).willReturn(answer));
    }

    private static void inTurn(ResponseDefinitionBuilder once, ResponseDefinitionBuilder then) {
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).atPriority(9)
                .inScenario("turn")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(once)
                .willSetStateTo("then"));
        MICROSOFT.answers(get(urlPathEqualTo(LIST)).atPriority(9)
                .inScenario("turn")
                .whenScenarioStateIs("then")
                .willReturn(then));
    }

    private static String link(String token) {
        return MICROSOFT.address() + LIST + "?$top=50&$skiptoken=" + token;
    }

    private static String page(String id) {
        return "{\"@odata.context\":\"x\",\"value\":[{\"id\":\"" + id + "\"}]}";
    }

    private String page(String id, String link) {
        return "{\"value\":[{\"id\":\"" + id + "\"}],\"@odata.nextLink\":" + json.writeValueAsString(link) + "}";
    }

    /** A page that an earlier test was still reading ahead may arrive late; it carries that test's token. */
    private List<LoggedRequest> requests() {
        return MICROSOFT.server()
                .findAll(getRequestedFor(anyUrl()))
                .stream()
                .filter(request -> request.getHeader("Authorization") == null
                        || request.getHeader("Authorization").equals("Bearer " + accessToken))
                .toList();
    }
}
