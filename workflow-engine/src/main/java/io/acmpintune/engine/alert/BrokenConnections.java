package io.acmpintune.engine.alert;

import java.util.HashMap;
import java.util.Map;

import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.publication.ServerStatuses;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.problem.ProblemKind;

/** The connections of one workflow that are broken now. */
final class BrokenConnections {

    private final Workflow workflow;
    private final ConnectorApi connector;
    private final ServerStatuses statuses;
    private final JsonMapper json;

    BrokenConnections(Workflow workflow, ConnectorApi connector, ServerStatuses statuses, JsonMapper json) {
        this.workflow = workflow;
        this.connector = connector;
        this.statuses = statuses;
        this.json = json;
    }

    /** Calls the connector; returns the kind of problem by the name of the connector or the id of the ACMP server. */
    Map<String, String> find() {
        Map<String, String> broken = new HashMap<>();
        statuses.blockedServers()
                .stream()
                .filter(blocked -> blocked.workflow().equals(workflow.name()) && blocked.problem() != null)
                .forEach(blocked -> broken.put(blocked.server(), ProblemKind.ACMP_SERVER_UNAVAILABLE.text()));
        try {
            connector.status(workflow.connector());
        } catch (RestClientException e) {
            broken.put(workflow.connector(), ConnectorProblem.of(workflow, e, json).kindText());
        }
        return broken;
    }
}
