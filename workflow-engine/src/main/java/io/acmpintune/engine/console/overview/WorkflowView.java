package io.acmpintune.engine.console.overview;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.publication.Publications.Publication;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.problem.Problem;

/**
 * A workflow as the overview shows it.
 *
 * @param connector null = not known, and {@code connectorProblem} says why
 * @param conflicts devices about which a person has to decide which client they are
 */
record WorkflowView(Workflow workflow, @Nullable ConnectorStatus connector, @Nullable Problem connectorProblem,
        List<Publication> servers, int conflicts) {

    WorkflowView {
        servers = List.copyOf(servers);
    }

    static WorkflowView of(Workflow workflow, ConnectorStates.State state, List<Publication> servers, int conflicts) {
        return switch (state) {
            case ConnectorStates.State.Known(var status) ->
                new WorkflowView(workflow, status, null, servers, conflicts);
            case ConnectorStates.State.Unknown(var problem) ->
                new WorkflowView(workflow, null, problem, servers, conflicts);
        };
    }

    /** Rows that the last scan read in a second; null before the end of the first. */
    @Nullable
    public Long throughput() {
        ConnectorStatus.Scan scan = connector == null ? null : connector.lastScan();
        if (scan == null || scan.duration() == null || scan.duration().isZero()) {
            return null;
        }
        return Math.round(scan.read() * 1_000.0 / scan.duration().toMillis());
    }
}
