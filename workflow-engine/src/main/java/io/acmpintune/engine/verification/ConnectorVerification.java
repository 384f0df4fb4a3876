package io.acmpintune.engine.verification;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.UnsavedConnector;

/** Lets a workflow's connector-service verify a connection to Intune. Credentials that a user enters are passed on, not stored. */
@Component
public class ConnectorVerification {

    private static final Logger log = LoggerFactory.getLogger(ConnectorVerification.class);

    private final ConnectorClients connectors;
    private final JsonMapper json;

    ConnectorVerification(ConnectorClients connectors, JsonMapper json) {
        this.connectors = connectors;
        this.json = json;
    }

    /** The connector-service's answer, or why there is none. */
    public sealed interface Answer<T> {
        record Received<T>(T value) implements Answer<T> {}

        /** @param problem names each wrong property if the connector-service refused some */
        record Failed<T>(Problem problem) implements Answer<T> {}
    }

    /** Returns the status of the workflow's connector. */
    public Answer<ConnectorStatus> status(Workflow workflow) {
        return ask(workflow, () -> connectors.shortTimeoutOf(workflow).status(workflow.connector()));
    }

    /** Verifies the workflow's connector; takes minutes if Entra or Graph does not answer. */
    public Answer<ConnectionReport> verify(Workflow workflow) {
        return logged(workflow, ask(workflow, () -> connectors.verificationsOf(workflow).verify(workflow.connector())));
    }

    /** Verifies a connector that is not configured, from the workflow's connector-service. */
    public Answer<ConnectionReport> verify(Workflow workflow, UnsavedConnector connector) {
        return logged(workflow, ask(workflow, () -> connectors.verificationsOf(workflow).verify(connector)));
    }

    private <T> Answer<T> ask(Workflow workflow, Supplier<T> question) {
        try {
            return new Answer.Received<>(question.get());
        } catch (RestClientException e) {
            return new Answer.Failed<>(ConnectorProblem.of(workflow, e, json));
        }
    }

    private static Answer<ConnectionReport> logged(Workflow workflow, Answer<ConnectionReport> answer) {
        switch (answer) {
            case Answer.Received<ConnectionReport>(var report) ->
                log.info("Verified a connection to Intune (workflow={}, outcome={})", workflow, report.outcome());
            case Answer.Failed<ConnectionReport>(var problem) ->
                log.info("Could not verify a connection to Intune (workflow={}, problem={})", workflow,
                        problem.kindText());
        }
        return answer;
    }
}
