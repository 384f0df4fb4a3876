package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class GraphErrorReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    /** What Intune puts into Graph's message, as administrators report it. */
    private static final String INTUNE = """
            {"_version":3,"Message":"Application is not authorized to perform this operation. Application must have one\
             of the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All - Operation ID (for\
             customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 5d4f0a0e-0000-4000-8000-00000000000a\
             - Url: https://fef.amsub0502.manage.microsoft.com/DeviceFE/StatelessDeviceFEService/x","CustomApiErrorPhrase":"",\
            "RetryAfter":null,"ErrorSourceService":"","HttpHeaders":"{}"}""";
    private static final String UNWRAPPED = "Application is not authorized to perform this operation. Application"
            + " must have one of the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All";

    private final JsonMapper json = JsonMapper.shared();
    private final GraphErrorReader errors = new GraphErrorReader(json);

    @Test
    void intunesJsonInGraphsJsonIsUnwrappedUpToItsOperationId() {
        GraphError problem = errors.read(403, graph("Forbidden", INTUNE), null);

        assertThat(problem).isEqualTo(
                new GraphError(403, "Forbidden", UNWRAPPED, "8c9e3b1e-0000-4000-8000-000000000001"));
        assertThat(problem.toProblem().remedy()).contains("admin consent")
                .contains("DeviceManagementManagedDevices.PrivilegedOperations.All");
    }

    @Test
    void jsonNestedTwiceIsUnwrappedToo() {
        String inner = graph("Forbidden", INTUNE);

        assertThat(errors.read(403, graph("UnknownError", inner), null).text()).isEqualTo(UNWRAPPED);
    }

    @Test
    void anInnerMessageThatIsNestedTwiceInIntunesOwnWordsIsUnwrappedToo() {
        String outer = json.writeValueAsString(json.createObjectNode().put("_version", 3).put("Message", INTUNE));

        assertThat(errors.read(400, graph("UnknownError", outer), null).text()).isEqualTo(UNWRAPPED);
    }

    @Test
    void aPlainMessageStays() {
        assertThat(errors.read(429, graph("TooManyRequests", "An error has occurred."), null).text())
                .isEqualTo("An error has occurred.");
    }

    @Test
    void theHeadersRequestIdCountsBeforeTheBodys() {
        assertThat(errors.read(400, graph("BadRequest", "x"), "from-header").requestId()).isEqualTo("from-header");
    }

    @Test
    void aGatewaysHtmlKeepsItsStatus() {
        GraphError problem = errors.read(502, "<html><body><h1>Bad Gateway</h1></body></html>", null);

        assertThat(problem.status()).isEqualTo(502);
        assertThat(problem.text()).contains("not an answer from Graph").contains("Bad Gateway");
        assertThat(problem.toProblem().kind()).isEqualTo(ProblemKind.GRAPH_FAILING);
    }

    @Test
    void aGatewaysJsonWithoutErrorCausesNoException() {
        assertThat(errors.read(407, "{\"message\":\"proxy authentication required\"}", null).text())
                .contains("proxy authentication required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "null", "[]", "\"text\"", "{\"error\":null}", "{\"error\":\"broken\"}",
            "{\"error\":{\"message\":null}}", "{\"error\":{\"message\":{\"value\":1}}}", "{\"error\":",
            "{\"error\":{\"message\":\"{\\\"Message\\\":\"}}", "{\"error\":{\"message\":\"{}\"}}"})
    void nothingThatArrivesIsAnException(String body) {
        GraphError problem = errors.read(500, body, null);

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.text()).isNotBlank();
        assertThat(problem.toProblem().remedy()).isNotBlank();
    }

    @Test
    void aLongAnswerIsShortened() {
        assertThat(errors.read(500, "x".repeat(100_000), null).text()).hasSizeLessThan(1_100);
    }

    @ParameterizedTest
    @CsvSource({"1,PT1S", "2.128,PT2.128S", "'  30 ',PT30S", "120,PT2M", "'Fri, 20 Nov 2026 12:00:30 GMT',PT30S"})
    void theWaitThatGraphAsksForIsTaken(String header, Duration wait) {
        assertThat(GraphErrorReader.retryAfter(header, NOW)).contains(wait);
    }

    /** Taken as it stands, each of these would be a loop without a pause. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-5", "", " ", "soon", "NaN", "Infinity", "Fri, 20 Nov 2026 11:59:00 GMT",
            "Fri, 99 Nov 2026 12:00:00 GMT", "2026-11-20T12:01:00Z"})
    void aWaitOfNothingOrOfNonsenseIsNoAnswer(String header) {
        assertThat(GraphErrorReader.retryAfter(header, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "1e300", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void noWaitIsLongerThanADay(String header) {
        assertThat(GraphErrorReader.retryAfter(header, NOW)).contains(Duration.ofDays(1));
    }

    @Test
    void aMissingRetryAfterHeaderIsEmpty() {
        assertThat(GraphErrorReader.retryAfter(null, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,graph-unreachable", "400,graph-refused", "401,graph-unauthorized", "403,graph-forbidden",
            "404,graph-unknown-device", "429,graph-throttled", "500,graph-failing", "504,graph-failing"})
    void everyStatusHasItsKindAndARemedy(int status, String kind) {
        var problem = new GraphError(status, "Code", "text", "r-1").toProblem();

        assertThat(problem.kindText()).isEqualTo(kind);
        assertThat(problem.detail()).contains("text").contains("r-1");
        assertThat(problem.remedy()).isNotBlank();
    }

    @Test
    void aMissingLicenceIsNotMistakenForAMissingPermission() {
        assertThat(new GraphError(403, "", "Request not applicable to target tenant: no license", null).toProblem()
                .remedy()).isEqualTo("The tenant needs an active Intune licence.");
    }

    private String graph(String code, String message) {
        var body = json.createObjectNode();
        body.putObject("error")
                .put("code", code)
                .put("message", message)
                .putObject("innerError")
                .put("date", "2026-11-20T12:00:00")
                .put("request-id", "8c9e3b1e-0000-4000-8000-000000000001")
                .put("client-request-id", "8c9e3b1e-0000-4000-8000-000000000002");
        return json.writeValueAsString(body);
    }
}
