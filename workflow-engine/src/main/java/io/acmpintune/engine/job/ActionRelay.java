package io.acmpintune.engine.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The relay lane of one workflow: hands targets to the connector and takes over what becomes of their actions. Both in one
 * lane, and in this order, so that no news of an action is read before its target knows the action.
 */
final class ActionRelay {

    private static final Logger log = LoggerFactory.getLogger(ActionRelay.class);
    private static final int PAGE = 500;
    /** New targets wait no longer than this. */
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Workflow workflow;
    private final ActionApi connector;
    private final JobRepository jobs;
    private final JsonMapper json;
    private final InstantSource clock;

    ActionRelay(Workflow workflow, ActionApi connector, JobRepository jobs, JsonMapper json, InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        try {
            return relay(lane);
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            log.warn("{} cannot reach {}: {} {}", workflow, workflow.connector(), problem.detail(), problem.remedy());
            return AFTER_FAILURE;
        }
    }

    private Duration relay(LaneRun lane) {
        while (!lane.stopping()) {
            List<JobRepository.Unrelayed> targets = jobs.unrelayed(workflow.name(), PAGE);
            for (JobRepository.Unrelayed target : targets) {
                if (lane.stopping()) {
                    return Duration.ZERO;
                }
                relay(target, lane);
            }
            follow(lane, targets.size() == PAGE ? Duration.ZERO : WAIT);
            int finished = lane.write(() -> jobs.finishWhereComplete(workflow.name(), clock.instant()));
            if (finished > 0) {
                log.info("{}: {} jobs are handed over", workflow, finished);
            }
        }
        return Duration.ZERO;
    }

    private void relay(JobRepository.Unrelayed target, LaneRun lane) {
        ActionCommand command = new ActionCommand(target.queryAction().kind(), target.device(), target.requestedBy());
        try {
            // the same key each time: after a lost answer the connector tells the action that it has
            DeviceAction action = connector.requestAction(workflow.connector(), target.job() + "/" + target.clientId(),
                    command);
            lane.write(() -> jobs.relayed(target, action));
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            if (!concernsTheTarget(problem)) {
                throw e;
            }
            lane.write(() -> jobs.refused(target, problem, clock.instant()));
        }
    }

    /** All else is about the connector as a whole: somebody can put it right, and the target waits for that. */
    private static boolean concernsTheTarget(Problem problem) {
        return switch (problem.kind()) {
            case "unknown-device", "idempotency-key-reused", "invalid-request" -> true;
            default -> false;
        };
    }

    private void follow(LaneRun lane, Duration wait) {
        JobRepository.ActionPosition position = jobs.position(workflow.name());
        ActionChanges page = connector.actionChanges(workflow.connector(), position.after(), PAGE, wait);
        boolean anew = position.feed() != null && !position.feed().equals(page.feed());
        JobRepository.ActionPosition next = new JobRepository.ActionPosition(page.feed(), anew ? 0 : page.next());
        if (!next.equals(position)) {
            lane.write(() -> {
                if (!anew) {
                    page.changes().forEach(jobs::follow);
                }
                jobs.moveTo(workflow.name(), next);
            });
        }
    }
}
