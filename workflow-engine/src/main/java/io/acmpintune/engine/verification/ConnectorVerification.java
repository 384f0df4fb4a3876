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

/** Has a workflow's connector-service verify a connection to Intune. What is typed in is passed on and kept nowhere. */
@Component
public class ConnectorVerification {

    private static final Logger log = LoggerFactory.getLogger(ConnectorVerification.class);

    private final ConnectorClients connectors;
    private final JsonMapper json;

    ConnectorVerification(ConnectorClients connectors, JsonMapper json) {
        this.connectors = connectors;
        this.json = json;
    }

    /** What came back: what the connector-service told, or why it did not. */
    public sealed interface Answer<T> {
        record Received<T>(T value) implements Answer<T> {}

        /** @param problem names each wrong property where the connector-service refuses some */
        record Failed<T>(Problem problem) implements Answer<T> {}
    }

    /** Whether the connector-service answers, and how the workflow's connector stands there. */
    public Answer<ConnectorStatus> status(Workflow workflow) {
        return ask(workflow, () -> connectors.shortTimeoutOf(workflow).status(workflow.connector()));
    }

    /** Verifies the workflow's connector; takes up to some minutes where nobody answers. */
    public Answer<ConnectionReport> verify(Workflow workflow) {
        return told(workflow, ask(workflow, () -> connectors.verificationsOf(workflow).verify(workflow.connector())));
    }

    /** Verifies a connector that is in no configuration, from where the workflow's connector-service runs. */
    public Answer<ConnectionReport> verify(Workflow workflow, UnsavedConnector connector) {
        return told(workflow, ask(workflow, () -> connectors.verificationsOf(workflow).verify(connector)));
    }

    private <T> Answer<T> ask(Workflow workflow, Supplier<T> question) {
        try {
            return new Answer.Received<>(question.get());
        } catch (RestClientException e) {
            return new Answer.Failed<>(ConnectorProblem.of(workflow, e, json));
        }
    }

    private static Answer<ConnectionReport> told(Workflow workflow, Answer<ConnectionReport> answer) {
        switch (answer) {
            case Answer.Received<ConnectionReport>(var report) ->
                log.info("{} had a connection to Intune verified: {}", workflow, report.outcome());
            case Answer.Failed<ConnectionReport>(var problem) ->
                log.info("{} could not have a connection to Intune verified: {}", workflow, problem.kindText());
        }
        return answer;
    }
}
