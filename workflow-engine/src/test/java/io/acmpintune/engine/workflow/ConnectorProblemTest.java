package io.acmpintune.engine.workflow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectorProblemTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Workflow WORKFLOW = new Workflow("W_1", "IntuneConnector_1",
            URI.create("http://connector:8081"), new ConnectorAccess("r", "a", "s", "l", null), List.of(), "W_1",
            "m.yml",
            new PersonalDataPolicy(false, false, false),
            new Publishing(200, Publishing.LookUp.ALL, 4, Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ZERO),
            null);

    @Test
    void theConnectorsOwnWordsArePassedOn() {
        Problem reported = Problem.of(ProblemKind.UNKNOWN_DEVICE, "There is no such device.", "Choose another.");

        assertThat(of(answer(404, JSON.writeValueAsString(reported)))).isEqualTo(reported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>502 Bad Gateway</html>", "", "null", "[]", "\"text\"", "{}",
            "{\"timestamp\":\"2026-11-23\",\"status\":500,\"error\":\"Internal Server Error\"}",
            "{\"type\":\"about:blank\",\"title\":\"Bad Gateway\",\"status\":502}"})
    void anAnswerThatIsNoneOfTheConnectorsIsToldByItsStatus(String body) {
        assertThat(of(answer(502, body))).isEqualTo(Problem.of(ProblemKind.CONNECTOR_FAILING, 502,
                "http://connector:8081 answered 502.", "Look into the connector-service's log."));
    }

    @Test
    void aTokenThatTheConnectorDoesNotKnowIsToldWithOurKey() {
        Problem problem = of(answer(401, JSON.writeValueAsString(
                Problem.of(ProblemKind.UNAUTHORIZED, "The bearer token is not one of this service's.",
                        "Send another."))));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.detail()).contains("http://connector:8081");
        assertThat(problem.remedy()).contains("acmp.workflows.W_1.connector-tokens").contains("connector.api.tokens");
    }

    @Test
    void aServiceThatIsNotThereIsToldWithAddressKeyAndRemedy() {
        // as the JDK's client throws it, without a message
        Problem problem = of(new ResourceAccessException("I/O error", new ConnectException()));

        assertThat(problem.kind()).isEqualTo(ProblemKind.CONNECTOR_UNREACHABLE);
        assertThat(problem.status()).isZero();
        assertThat(problem.detail()).contains("http://connector:8081").contains("the connection was refused");
        assertThat(problem.remedy()).contains("acmp.workflows.W_1.connector-url");
    }

    @Test
    void aNameThatIsNotKnownAndAnAnswerThatIsLateAreToldApart() {
        IOException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());

        assertThat(of(new ResourceAccessException("I/O error", unknown)).detail()).contains("host name is not known");
        assertThat(of(new ResourceAccessException("I/O error", new HttpTimeoutException("x"))).detail())
                .contains("no answer came in time");
    }

    @Test
    void anAnswerThatCannotBeReadIsNotCalledUnreachable() {
        Problem problem = of(new RestClientException("Error while extracting response",
                new IllegalArgumentException("complianceState is blank")));

        assertThat(problem.kind()).isEqualTo(ProblemKind.CONNECTOR_INCOMPATIBLE);
        assertThat(problem.detail()).contains("http://connector:8081");
        assertThat(problem.remedy()).contains("same version");
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(of(new ResourceAccessException("x", new IOException("y"))).toString() + WORKFLOW)
                .doesNotContain("canary");
    }

    private static Problem of(RestClientException failure) {
        return ConnectorProblem.of(WORKFLOW, failure, JSON);
    }

    private static RestClientException answer(int status, String body) {
        return HttpClientErrorException.create(HttpStatus.valueOf(status), "", new HttpHeaders(),
                body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
