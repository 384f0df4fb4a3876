package io.acmpintune.connector.graph;

import java.time.InstantSource;

import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceProbeTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    private static final String PATH = "/v1.0/deviceManagement/managedDevices";

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken("t-1");
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    @Test
    void itAsksForOneDevicesIdOnce() {
        MICROSOFT.answers(get(urlPathEqualTo(PATH)).willReturn(okJson("{\"value\":[{\"id\":\"a\"}]}")));

        assertThat(read()).isEqualTo(new ProbeResult.Answered(true));
        assertThat(MICROSOFT.requests(getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("$top", equalTo("1"))
                .withQueryParam("$select", equalTo("id"))
                .withHeader("Authorization", equalTo("Bearer t-1")))).isEqualTo(1);
    }

    @Test
    void aTenantWithoutDevicesAnswersToo() {
        MICROSOFT.answers(get(urlPathEqualTo(PATH)).willReturn(okJson("{\"value\":[]}")));

        assertThat(read()).isEqualTo(new ProbeResult.Answered(false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementManagedDevices.Read.All",
            "The client application is called in app only context but does not have application permissions configured"})
    void whatGraphForbidsKeepsItsTextAndRequestId(String text) {
        refuses(403, "Forbidden", text);

        Problem problem = refused();
        assertThat(problem.kind()).isEqualTo(ProblemKind.GRAPH_FORBIDDEN);
        assertThat(problem.detail()).contains(text).contains("request id r-1");
        assertThat(problem.remedy()).contains("admin consent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"403|Tenant does not have an Intune license.",
            "403|The tenant has no active licence for the service.", "400|Request not applicable to target tenant."})
    void aMissingLicenceIsToldApart(int status, String text) {
        refuses(status, "BadRequest", text);

        assertThat(read()).isInstanceOfSatisfying(ProbeResult.Unlicensed.class,
                unlicensed -> assertThat(unlicensed.problem().detail()).contains(text).contains("request id r-1"));
    }

    @Test
    void aServerErrorThatMentionsLicencesIsNotAMissingLicence() {
        refuses(503, "ServiceUnavailable", "The licensing service is away.");

        assertThat(refused().kind()).isEqualTo(ProblemKind.GRAPH_FAILING);
    }

    @Test
    void aTokenRejectedByGraphIsReplacedOnceAndThenReported() {
        MICROSOFT.answers(any(urlPathEqualTo(PATH)).willReturn(unauthorized()));

        assertThat(refused().kind()).isEqualTo(ProblemKind.GRAPH_UNAUTHORIZED);
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
        assertThat(MICROSOFT.requests(getRequestedFor(urlPathEqualTo(PATH)))).isEqualTo(2);
    }

    @Test
    void aProxysPageIsNotAnAnswerFromGraph() {
        MICROSOFT.answers(get(urlPathEqualTo(PATH)).willReturn(aResponse().withBody("<html>Welcome</html>")));

        assertThat(refused().detail()).contains("is not Graph");
    }

    @Test
    void aBrokenConnectionIsAMatterOfTheNetwork() {
        MICROSOFT.answers(get(urlPathEqualTo(PATH)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThat(refused().kind()).isEqualTo(ProblemKind.GRAPH_UNREACHABLE);
    }

    private static void refuses(int status, String code, String text) {
        MICROSOFT.answers(get(urlPathEqualTo(PATH)).willReturn(aResponse().withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withHeader("request-id", "r-1")
                .withBody("{\"error\":{\"code\":\"" + code + "\",\"message\":\"{\\\"Message\\\":\\\"" + text
                        + " - Operation ID (for customer support): 0\\\"}\"}}")));
    }

    private static Problem refused() {
        return switch (read()) {
            case ProbeResult.Failed(var problem) -> problem;
            case ProbeResult.Answered answered -> throw new AssertionError(answered);
            case ProbeResult.Unlicensed unlicensed -> throw new AssertionError(unlicensed);
        };
    }

    private static ProbeResult read() {
        Connector connector = MICROSOFT.connector();
        AccessTokens tokens = new AccessTokens(connector, MICROSOFT.trust(),
                InstantSource.system());
        try (DeviceProbe probe = new DeviceProbe(connector, tokens, MICROSOFT.trust(), JsonMapper.shared(),
                InstantSource.system())) {
            return probe.read();
        }
    }
}
