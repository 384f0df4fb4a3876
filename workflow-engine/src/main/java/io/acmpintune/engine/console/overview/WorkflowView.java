package io.acmpintune.engine.console.overview;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.publication.ServerStatuses.ServerStatus;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.problem.Problem;

/**
 * A workflow as the overview shows it.
 *
 * @param connector null = unknown, see {@code connectorProblem}
 * @param conflicts devices that match no single client
 */
record WorkflowView(Workflow workflow, @Nullable ConnectorStatus connector, @Nullable Problem connectorProblem,
        List<ServerStatus> servers, int conflicts) {

    WorkflowView {
        servers = List.copyOf(servers);
    }

    static WorkflowView of(Workflow workflow, ConnectorStates.State state, List<ServerStatus> servers, int conflicts) {
        return switch (state) {
            case ConnectorStates.State.Known(var status) ->
                new WorkflowView(workflow, status, null, servers, conflicts);
            case ConnectorStates.State.Unknown(var problem) ->
                new WorkflowView(workflow, null, problem, servers, conflicts);
        };
    }

    /** Returns the rows per second of the last scan; null before the end of the first. */
    @Nullable
    public Long throughput() {
        ConnectorStatus.Scan scan = connector == null ? null : connector.lastScan();
        if (scan == null || scan.duration() == null || scan.duration().isZero()) {
            return null;
        }
        return Math.round(scan.read() * 1_000.0 / scan.duration().toMillis());
    }
}
