package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.DeviceStatus;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The follow lane of one connector: checks the devices of accepted actions until they have responded, and those of uncertain actions
 * for a trace that Intune accepted them.
 */
final class ActionFollower {

    private static final Logger log = LoggerFactory.getLogger(ActionFollower.class);
    private static final List<ActionState> FOLLOWED = List.of(ActionState.ACCEPTED, ActionState.PENDING,
            ActionState.UNCERTAIN);

    private final Connector connector;
    private final Graph graph;
    private final ActionRepository actions;
    private final FeedSignal signal;
    private final InstantSource clock;

    ActionFollower(Connector connector, Graph graph, ActionRepository actions, FeedSignal signal, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.actions = actions;
        this.signal = signal;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        while (!lane.stopping() && follow(lane)) {
            signal.changed();
        }
        return ActionSender.IDLE;
    }

    /** Checks one batch of devices; returns false if none was due. */
    private boolean follow(LaneRun lane) {
        List<StoredAction> due = actions.due(connector.name(), FOLLOWED, clock.instant(), ActionSender.BATCH);
        if (due.isEmpty()) {
            return false;
        }
        List<DeviceId> ids = due.stream()
                .filter(stored -> stored.kind().reportsOutcome())
                .map(StoredAction::device)
                .distinct()
                .toList();
        Map<DeviceId, DeviceStatus> statuses = ids.isEmpty() ? Map.of() : graph.devices().statuses(ids);
        Map<StoredAction, Transition> transitions = new LinkedHashMap<>();
        due.forEach(stored -> transitions.put(stored, considerApproval(stored, transition(stored, statuses))));
        lane.write(() -> transitions.forEach((stored, transition) -> {
            actions.apply(connector.name(), stored.action(), transition, clock.instant());
            if (transition.to().isFinal()) {
                log.info("Action finished (action={}, device={}, state={})", stored.action().id(), stored.device(),
                        transition.to().text());
            }
        }));
        return true;
    }

    private Transition transition(StoredAction stored, Map<DeviceId, DeviceStatus> statuses) {
        if (!stored.kind().reportsOutcome()) {
            return OutcomeTransitions.untraceable();
        }
        DeviceStatus status = statuses.get(stored.device());
        if (status == null) {
            throw new IllegalStateException("every device read has a status");
        }
        return OutcomeTransitions.afterDeviceCheck(stored, status, connector.followUp(), clock.instant());
    }

    /** Before a person has to decide: the lost answer may have been that Intune requires an approval. */
    private Transition considerApproval(StoredAction stored, Transition transition) {
        return transition.to() == ActionState.NEEDS_DECISION && stored.kind().isExclusive()
                ? ApprovalTransitions.afterSearch(stored, transition, graph.approvals().find(stored.action().id()),
                        connector.followUp(), clock.instant())
                : transition;
    }
}
