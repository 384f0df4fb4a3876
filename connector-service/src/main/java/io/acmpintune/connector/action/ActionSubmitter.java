package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.ActionOrder;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Submission;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.secret.UnlockCodes;

/**
 * Hands one batch of actions to Intune. "Sending" is committed before the request leaves, so that a process that dies in between
 * leaves an uncertain action behind, never one that is silently sent twice; and in the transaction that commits it, nothing of
 * the action's origin is stopped.
 */
final class ActionSubmitter {

    /** Below the time in which an emergency stop has to bite, and before another replica declares what is being sent uncertain. */
    private static final Duration TOO_LATE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ActionSubmitter.class);

    private final Connector connector;
    private final Graph graph;
    private final ActionRepository actions;
    private final ActionStopRepository stops;
    private final UnlockCodes unlockCodes;
    private final DeviceIdentityCheck identities;
    private final InstantSource clock;

    ActionSubmitter(Connector connector, Graph graph, ActionRepository actions, ActionStopRepository stops,
            UnlockCodes unlockCodes, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.actions = actions;
        this.stops = stops;
        this.unlockCodes = unlockCodes;
        this.identities = new DeviceIdentityCheck(connector, graph, clock);
        this.clock = clock;
    }

    /**
     * Submits what may be; the rest is refused, cancelled, or due again.
     *
     * @param due queued, or approved in Intune; paid for
     */
    void submit(List<StoredAction> due, @Nullable String note, LaneRun lane) {
        // after the wait for the budget, so that little time lies between the look at a device and what is done to it
        DeviceIdentityCheck.Checked checked = identities.check(due);
        keep(checked.kept(), lane);
        Map<UUID, ActionOrder> orders = orders(checked.cleared(), lane);
        Instant sentAt = clock.instant();
        List<StoredAction> sending = lane.write(() -> {
            actions.hold(List.of(connector.name()));
            List<ActionStop> standing = stops.all(connector.name());
            return checked.cleared()
                    .stream()
                    .filter(stored -> orders.containsKey(stored.action().id()))
                    .filter(stored -> !stopped(stored, standing, sentAt))
                    // else it is due still, and its device is read again
                    .filter(stored -> checked.holdsAt(stored, sentAt.plus(TOO_LATE)))
                    // what was cancelled in this moment stays cancelled
                    .filter(stored -> actions.tryTake(connector.name(), stored.action(),
                            Transition.to(ActionState.SENDING).noting(note), sentAt))
                    .toList();
        });
        if (sending.isEmpty()) {
            return;
        }
        if (sentAt.plus(TOO_LATE).isBefore(clock.instant())) {
            // this process stood still; where another one has taken the lane over, its fence refuses this
            Transition unsent = Transition.to(ActionState.QUEUED)
                    .noting("the process stood still, and did not send it");
            lane.write(() -> sending.forEach(stored -> take(stored, sentAt, unsent)));
            return;
        }
        Map<UUID, Submission> answers = graph.actions().submit(
                sending.stream().map(stored -> orders.get(stored.action().id())).filter(Objects::nonNull).toList());
        lane.write(() -> sending.forEach(stored -> {
            Submission answer = answers.getOrDefault(stored.action().id(),
                    new Submission.Uncertain(answerLost("Intune's answer does not name this action."), null));
            take(stored, sentAt,
                    Decisions.afterSubmission(stored.kind(), answer, connector.followUp(), clock.instant()));
        }));
        log.info("{} handed {} actions to Intune", connector, sending.size());
    }

    private boolean stopped(StoredAction stored, List<ActionStop> standing, Instant now) {
        Optional<ActionStop> stop = standing.stream()
                .filter(other -> other.covers(stored.command().origin()))
                .findFirst();
        stop.ifPresent(by -> actions.tryTake(connector.name(), stored.action(), ActionStops.cancelling(by), now));
        return stop.isPresent();
    }

    private void keep(Map<StoredAction, Transition> kept, LaneRun lane) {
        if (kept.isEmpty()) {
            return;
        }
        lane.write(() -> kept.forEach(
                (stored, step) -> actions.tryTake(connector.name(), stored.action(), step, clock.instant())));
        kept.forEach((stored, step) -> {
            Problem problem = step.problem();
            if (problem == null) {
                log.warn("Action {} on {} waits: its device cannot be read", stored.action().id(), stored.device());
            } else {
                // not its detail, which shows whose device it is
                log.warn("Action {} on {} is refused: {}", stored.action().id(), stored.device(), problem.title());
            }
        });
    }

    private void take(StoredAction stored, Instant sentAt, Transition step) {
        actions.take(connector.name(), sending(stored.action(), sentAt), step, clock.instant());
    }

    /** The orders in full, by action; what cannot be ordered any more is refused. */
    private Map<UUID, ActionOrder> orders(List<StoredAction> due, LaneRun lane) {
        Map<UUID, ActionOrder> orders = new HashMap<>();
        for (StoredAction stored : due) {
            UUID id = stored.action().id();
            Approval approval = stored.action().approval();
            try {
                ActionCommand whole = stored.command()
                        .withUnlockCode(unlockCodes.open(id, actions.unlockCode(id)));
                orders.put(id, new ActionOrder(id, whole, approval == null ? null : approval.code()));
            } catch (UnlockCodes.Unreadable e) {
                log.error("Action {} on {} is not sent: {}", id, stored.device(), e.getMessage());
                Problem lost = Problem.of(ProblemKind.UNLOCK_CODE_UNREADABLE,
                        "The key in connector.secrets.key is not the one that the code was encrypted with.",
                        "Order the wipe again; change that key only while no wipe with a code is queued.");
                lane.write(() -> actions.take(connector.name(), stored.action(),
                        Transition.to(ActionState.REFUSED).because(lost), clock.instant()));
            }
        }
        return orders;
    }

    static Problem answerLost(String detail) {
        return Problem.of(ProblemKind.ANSWER_LOST, detail,
                "Wait: the connector reads the device's state to find out whether Intune accepted the action.");
    }

    private static DeviceAction sending(DeviceAction action, Instant sentAt) {
        return new DeviceAction(action.id(), action.revision(), action.command(), ActionState.SENDING,
                action.requestedAt(), sentAt, sentAt, action.approval(), action.problem());
    }
}
