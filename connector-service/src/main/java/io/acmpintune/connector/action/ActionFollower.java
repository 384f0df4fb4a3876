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
 * The follow lane of one connector: looks at the devices of accepted actions until they have answered, and at those of uncertain
 * ones for a sign that Intune took them.
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

    /** Looks at one batch of devices; false when none was due. */
    private boolean follow(LaneRun lane) {
        List<StoredAction> due = actions.due(connector.name(), FOLLOWED, clock.instant(), ActionSender.BATCH);
        if (due.isEmpty()) {
            return false;
        }
        List<DeviceId> ids = due.stream()
                .filter(stored -> stored.kind().tellsOutcome())
                .map(StoredAction::device)
                .distinct()
                .toList();
        Map<DeviceId, DeviceStatus> looks = ids.isEmpty() ? Map.of() : graph.devices().statuses(ids);
        Map<StoredAction, Transition> steps = new LinkedHashMap<>();
        due.forEach(stored -> steps.put(stored, approvalAskedFor(stored, step(stored, looks))));
        lane.write(() -> steps.forEach((stored, step) -> {
            actions.take(connector.name(), stored.action(), step, clock.instant());
            if (step.to().isFinal()) {
                log.info("Action {} on {} is {}", stored.action().id(), stored.device(), step.to().text());
            }
        }));
        return true;
    }

    private Transition step(StoredAction stored, Map<DeviceId, DeviceStatus> looks) {
        if (!stored.kind().tellsOutcome()) {
            return Decisions.untraceable();
        }
        DeviceStatus look = looks.get(stored.device());
        if (look == null) {
            throw new IllegalStateException("every device asked for has a look");
        }
        return Decisions.afterLook(stored, look, connector.followUp(), clock.instant());
    }

    /** Before a person is asked: the lost answer may have been that Intune wants an approval. */
    private Transition approvalAskedFor(StoredAction stored, Transition step) {
        return step.to() == ActionState.NEEDS_DECISION && stored.kind().isExclusive()
                ? Decisions.afterApprovalSearch(stored, step, graph.approvals().find(stored.action().id()),
                        connector.followUp(), clock.instant())
                : step;
    }
}
