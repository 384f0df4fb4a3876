package io.acmpintune.engine.verification;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.verification.ConnectorVerification.Answer;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Check;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.model.verification.ConnectionReport.Step;
import io.acmpintune.model.verification.UnsavedConnector;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class ConnectorVerificationTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final ConnectionReport REPORT = ConnectionReport.of(null, Instant.parse("2026-11-25T12:00:00Z"),
            List.of(new Step(Check.TOKEN, Outcome.FAILED, "Entra refuses the secret.", "Enter its value.")));

    private final Workflow workflow = TestWorkflows.workflow(CONNECTOR.address(), 200);
    private final ConnectorVerification verification = new ConnectorVerification(TestWorkflows.clients(workflow),
            JsonMapper.shared());

    @BeforeEach
    void forget() {
        CONNECTOR.reset();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void whatIsTypedInIsPassedOnAndItsReportComesBack() {
        CONNECTOR.answers(post(urlEqualTo("/api/v1/connectors/verification"))
                .withHeader("Authorization", equalTo("Bearer " + TestWorkflows.TOKEN))
                .withRequestBody(matchingJsonPath("$['tenant-id']", equalTo("t")))
                .withRequestBody(matchingJsonPath("$['client-secret']", equalTo("canary-secret")))
                .willReturn(okJson(JsonMapper.shared().writeValueAsString(REPORT))));

        assertThat(verification.verify(workflow, typed())).isEqualTo(new Answer.Received<>(REPORT));
    }

    @Test
    void aConfiguredConnectorIsVerifiedByItsName() {
        CONNECTOR.answers(post(urlEqualTo("/api/v1/connectors/IntuneConnector_1/verification"))
                .willReturn(okJson(JsonMapper.shared().writeValueAsString(REPORT))));

        assertThat(verification.verify(workflow)).isEqualTo(new Answer.Received<>(REPORT));
    }

    @Test
    void everyWrongPropertyIsToldAsTheConnectorServiceNamesIt() {
        Problem problem = Problem.of(ProblemKind.INVALID_CONNECTOR, "It has 1 wrong property.", "Do.")
                .withErrors(List.of(new Problem.FieldError("tenant-id", "is no GUID")));
        CONNECTOR.answers(post(urlEqualTo("/api/v1/connectors/verification"))
                .willReturn(jsonResponse(JsonMapper.shared().writeValueAsString(problem), 400)));

        assertThat(verification.verify(workflow, typed())).isEqualTo(new Answer.Failed<>(problem));
    }

    @Test
    void aConnectorServiceThatIsNotThereIsAProblemWithARemedy() {
        assertThat(verification.status(workflow)).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.problem().remedy()).isNotBlank());
    }

    private static UnsavedConnector typed() {
        return new UnsavedConnector("t", "c", "client-secret", null, null, "canary-secret", "global", null, null,
                null);
    }
}
