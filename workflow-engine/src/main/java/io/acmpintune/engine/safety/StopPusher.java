package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.StopApi;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/** Pushes emergency stops to the connector of one workflow: a new one at once, and in a lane until each is acknowledged. */
final class StopPusher {

    /** Active stops are repeated, because a connector with a new database has lost them. */
    static final Duration AGAIN = Duration.ofSeconds(30);
    static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(StopPusher.class);

    private final Workflow workflow;
    private final StopApi connector;
    private final PushRepository pushes;
    private final JsonMapper json;
    private final InstantSource clock;

    StopPusher(Workflow workflow, StopApi connector, PushRepository pushes, JsonMapper json, InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.pushes = pushes;
        this.json = json;
        this.clock = clock;
    }

    Workflow workflow() {
        return workflow;
    }

    Duration run(LaneRun lane) {
        List<EmergencyStop> due = due();
        while (!due.isEmpty() && !lane.stopping()) {
            boolean failed = false;
            for (EmergencyStop stop : due) {
                failed |= !push(stop);
            }
            if (failed) {
                return AFTER_FAILURE;
            }
            // a stop may have changed meanwhile
            due = due();
        }
        return AGAIN;
    }

    private List<EmergencyStop> due() {
        return pushes.due(workflow.name(), clock.instant().minus(AGAIN));
    }

    /** Pushes a change and stores whether the connector has acknowledged it; any replica may, at any time. */
    boolean push(EmergencyStop stop) {
        Optional<Problem> failure = send(stop);
        failure.ifPresentOrElse(problem -> pushes.failed(workflow.name(), stop, problem),
                () -> pushes.acknowledged(workflow.name(), stop, clock.instant()));
        failure.ifPresent(problem -> log.warn(
                "Connector {} did not acknowledge the emergency stop: {} {} (scope={}, workflow={})",
                workflow.connector(), problem.detail(), problem.remedy(), stop.workflow(), workflow));
        return failure.isEmpty();
    }

    /** Sends a change; returns why the connector has not acknowledged it. */
    Optional<Problem> send(EmergencyStop stop) {
        try {
            ActionStop current = connector.changeStop(workflow.connector(),
                    stop.coversAll() ? ActionStop.ALL : stop.workflow(),
                    new ActionStop.Change(stop.stopped(), stop.changedBy(), stop.changedAt()));
            return current.stopped() == stop.stopped()
                    ? Optional.empty()
                    : Optional
                            .of(Problem.of(ProblemKind.STOP_SUPERSEDED,
                                    workflow.connector() + " has a stop of " + current.decidedAt()
                                            + ", which is later than this one.",
                                    "Check which other engine controls the stops of that connector."));
        } catch (RestClientException e) {
            return Optional.of(ConnectorProblem.of(workflow, e, json));
        }
    }
}
