package io.acmpintune.engine.inventory;

import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Calls connectors for interactive requests, with short timeouts; failures become problems. */
@Component
class ConnectorRequests {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int BAD_GATEWAY = 502;

    private final ConnectorClients connectors;
    private final JsonMapper json;

    ConnectorRequests(ConnectorClients connectors, JsonMapper json) {
        this.connectors = connectors;
        this.json = json;
    }

    /** @throws ProblemException 404 and 409 as the connector answers them, 502 for all other failures */
    <T> T call(Workflow workflow, Function<ConnectorApi, T> question) {
        try {
            return question.apply(connectors.shortTimeoutOf(workflow));
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            boolean ofTheRequest = problem.status() == CONFLICT || problem.status() == NOT_FOUND;
            throw new ProblemException(problem.withStatus(ofTheRequest ? problem.status() : BAD_GATEWAY));
        }
    }
}
