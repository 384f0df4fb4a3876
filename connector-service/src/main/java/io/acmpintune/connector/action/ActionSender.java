package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.ActionOrder;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The send lane of one connector. That an action is about to be sent is committed before the request leaves, so that a process
 * that dies in between leaves an uncertain action behind, never one that is silently sent twice.
 */
final class ActionSender {

    /** Graph's largest batch. */
    static final int BATCH = 20;
    static final Duration IDLE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ActionSender.class);

    private final Connector connector;
    private final Graph graph;
    private final ActionRepository actions;
    private final FeedSignal signal;
    private final InstantSource clock;

    ActionSender(Connector connector, Graph graph, ActionRepository actions, FeedSignal signal, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.actions = actions;
        this.signal = signal;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        abandoned(lane);
        uncertain(lane);
        while (!lane.stopping() && send(lane)) {
            signal.changed();
        }
        return IDLE;
    }

    /** This lane alone sends, so what is in the middle of sending when it starts was left there by a process that died. */
    private void abandoned(LaneRun lane) {
        for (DeviceAction action : actions.in(connector.name(), ActionState.SENDING)) {
            Problem died = Problem.of("answer-lost", "The answer was lost", 0,
                    "The process that sent the action ended before it knew Intune's answer.",
                    "Nothing: the device's state tells what became of it.");
            log.warn("Action {} on {} was left in the middle of sending", action.id(), action.command().deviceId());
            lane.write(() -> actions.take(connector.name(), action,
                    Step.to(ActionState.UNCERTAIN).after(connector.followUp().first()).because(died), clock.instant()));
        }
    }

    private void uncertain(LaneRun lane) {
        for (StoredAction stored : actions.due(connector.name(), Set.of(ActionState.UNCERTAIN), clock.instant(),
                BATCH)) {
            lane.write(() -> actions.take(connector.name(), stored.action(),
                    Decisions.afterUncertainty(stored.action().command().kind()), clock.instant()));
        }
    }

    /** Sends one batch; false when nothing was due. */
    private boolean send(LaneRun lane) {
        int waiting = due(BATCH).size();
        if (waiting == 0 || !graph.makeRoomForActions(waiting)) {
            return false;
        }
        // what waited for room may have been cancelled meanwhile
        List<StoredAction> due = due(waiting);
        if (due.isEmpty()) {
            return false;
        }
        Instant sentAt = clock.instant();
        lane.write(() -> due.forEach(
                stored -> actions.take(connector.name(), stored.action(), Step.to(ActionState.SENDING), sentAt)));
        Map<UUID, Submission> answers = graph.submit(due.stream()
                .map(StoredAction::action)
                .map(action -> new ActionOrder(action.id(), action.command().kind(), action.command().deviceId()))
                .toList());
        lane.write(() -> {
            for (StoredAction stored : due) {
                DeviceAction sending = sending(stored.action(), sentAt);
                Submission answer = answers.getOrDefault(sending.id(), new Submission.Uncertain(unanswered()));
                actions.take(connector.name(), sending, Decisions.afterSubmission(answer, connector.followUp()),
                        clock.instant());
            }
        });
        log.info("{} handed {} actions to Intune", connector, due.size());
        return true;
    }

    private List<StoredAction> due(int limit) {
        return actions.due(connector.name(), Set.of(ActionState.QUEUED), clock.instant(), limit);
    }

    private static Problem unanswered() {
        return Problem.of("answer-lost", "The answer was lost", 0, "Intune's answer does not name this action.",
                "Nothing: the device's state tells what became of it.");
    }

    private static DeviceAction sending(DeviceAction action, Instant sentAt) {
        return new DeviceAction(action.id(), action.revision(), action.command(), ActionState.SENDING,
                action.requestedAt(), sentAt, sentAt, action.problem());
    }
}
