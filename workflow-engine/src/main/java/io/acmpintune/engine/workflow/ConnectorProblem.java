package io.acmpintune.engine.workflow;

import java.util.Optional;

import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;

/** What a failed call of the connector-service means to whoever runs the workflow. */
public final class ConnectorProblem {

    private ConnectorProblem() {}

    /** The connector's own problem where it sent one, else one that names address, reason and remedy. */
    public static Problem of(Workflow workflow, RestClientException failure, JsonMapper json) {
        if (failure instanceof RestClientResponseException answered) {
            return told(answered, json).orElseGet(() -> Problem.of("connector-failing", "The connector-service fails",
                    answered.getStatusCode().value(),
                    workflow.connectorUrl() + " answered " + answered.getStatusCode().value() + ".",
                    "Look into the connector-service's log."));
        }
        String reason = failure instanceof ResourceAccessException && failure.getCause() != null
                ? failure.getCause().toString()
                : failure.toString();
        return Problem.of("connector-unreachable", "The connector-service is not reachable", 0,
                workflow.connectorUrl() + " cannot be reached: " + reason + ".",
                "Check acmp.workflows." + workflow.name() + ".connector-url, and that the connector-service runs.");
    }

    private static Optional<Problem> told(RestClientResponseException answered, JsonMapper json) {
        try {
            Problem problem = json.readValue(answered.getResponseBodyAsByteArray(), Problem.class);
            return Optional.ofNullable(problem.type()).map(_ -> problem);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
