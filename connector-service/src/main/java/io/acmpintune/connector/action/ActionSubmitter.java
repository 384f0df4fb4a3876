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
import io.acmpintune.connector.graph.SendingStoppedException;
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
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/**
 * Submits one batch of actions to Intune. The state "sending" is committed before the request is sent, so that a crash leaves an
 * uncertain action and never one that is sent twice. The same transaction checks that the action's origin is not stopped; since a
 * stop does not wait for it, that is checked again right before the request.
 */
final class ActionSubmitter {

    /** Shorter than the time in which an emergency stop must take effect, and in which another replica takes over the lane. */
    private static final Duration MAX_SEND_DELAY = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ActionSubmitter.class);

    private final Connector connector;
    private final Graph graph;
    private final ActionRepository actions;
    private final ActionStopRepository stops;
    private final UnlockCodeCipher unlockCodeCipher;
    private final DeviceIdentityCheck identities;
    private final InstantSource clock;

    ActionSubmitter(Connector connector, Graph graph, ActionRepository actions, ActionStopRepository stops,
            UnlockCodeCipher unlockCodeCipher, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.actions = actions;
        this.stops = stops;
        this.unlockCodeCipher = unlockCodeCipher;
        this.identities = new DeviceIdentityCheck(connector, graph, clock);
        this.clock = clock;
    }

    /**
     * Submits the actions that may be sent; the others are refused, cancelled or rescheduled.
     *
     * @param due queued or approved actions, reserved in the budget
     */
    void submit(List<StoredAction> due, @Nullable String note, LaneRun lane) {
        // after the wait for the budget, so that little time passes between the check of a device and the action
        DeviceIdentityCheck.Result identityCheck = identities.check(due);
        applyBlocked(identityCheck.blocked(), lane);
        Map<UUID, ActionOrder> orders = orders(identityCheck.confirmed(), lane);
        Instant sentAt = clock.instant();
        List<StoredAction> sending = lane.write(() -> {
            actions.lock(List.of(connector.name()));
            List<ActionStop> activeStops = stops.all(connector.name());
            return identityCheck.confirmed()
                    .stream()
                    .filter(stored -> orders.containsKey(stored.action().id()))
                    .filter(stored -> !cancelIfStopped(stored, activeStops, sentAt))
                    .filter(stored -> !expireIfLate(stored, sentAt))
                    // otherwise the action stays due, and its device is read again
                    .filter(stored -> identityCheck.isValidAt(stored, sentAt.plus(MAX_SEND_DELAY)))
                    // an action that was cancelled meanwhile stays cancelled
                    .filter(stored -> actions.tryApply(connector.name(), stored.action(),
                            Transition.to(ActionState.SENDING).withNote(note), sentAt))
                    .toList();
        });
        if (sending.isEmpty()) {
            return;
        }
        if (sentAt.plus(MAX_SEND_DELAY).isBefore(clock.instant())) {
            // this process was paused; if another one has taken over the lane, the fence rejects this write
            Transition unsent = Transition.to(ActionState.QUEUED)
                    .withNote("not sent, because the process was paused");
            lane.write(() -> sending.forEach(stored -> apply(stored, sentAt, unsent)));
            return;
        }
        Map<UUID, Submission> answers = graph.actions()
                .submit(
                        sending.stream()
                                .map(stored -> orders.get(stored.action().id()))
                                .filter(Objects::nonNull)
                                .toList(),
                        () -> requireNoStop(sending));
        lane.write(() -> sending.forEach(stored -> {
            Submission answer = answers.getOrDefault(stored.action().id(),
                    new Submission.Uncertain(answerLost("Intune's answer does not contain this action."), null));
            apply(stored, sentAt,
                    OutcomeTransitions.afterSubmission(stored.kind(), answer, connector.followUp(), clock.instant()));
        }));
        log.info("Submitted actions to Intune (connector={}, count={})", connector, sending.size());
    }

    private void requireNoStop(List<StoredAction> sending) {
        List<ActionStop> activeStops = stops.all(connector.name());
        for (StoredAction stored : sending) {
            for (ActionStop stop : activeStops) {
                if (stop.covers(stored.command().origin())) {
                    throw new SendingStoppedException(ActionStops.problem(stop));
                }
            }
        }
    }

    private boolean cancelIfStopped(StoredAction stored, List<ActionStop> activeStops, Instant now) {
        Optional<ActionStop> stop = activeStops.stream()
                .filter(other -> other.covers(stored.command().origin()))
                .findFirst();
        stop.ifPresent(by -> actions.tryApply(connector.name(), stored.action(), ActionStops.cancelling(by), now));
        return stop.isPresent();
    }

    /** The action may have expired during the wait for the budget. */
    private boolean expireIfLate(StoredAction stored, Instant now) {
        boolean late = !stored.expiresAt().isAfter(now);
        if (late) {
            actions.tryApply(connector.name(), stored.action(), OutcomeTransitions.late(stored.expiresAt()), now);
        }
        return late;
    }

    private void applyBlocked(Map<StoredAction, Transition> blocked, LaneRun lane) {
        if (blocked.isEmpty()) {
            return;
        }
        lane.write(() -> blocked.forEach(
                (stored, transition) -> actions.tryApply(connector.name(), stored.action(), transition,
                        clock.instant())));
        blocked.forEach((stored, transition) -> {
            Problem problem = transition.problem();
            if (problem == null) {
                log.warn("Deferred an action because its device cannot be read (action={}, device={})",
                        stored.action().id(),
                        stored.device());
            } else {
                // without the detail, which may contain personal data
                log.warn("Refused an action: {} (action={}, device={})", problem.title(), stored.action().id(),
                        stored.device());
            }
        });
    }

    private void apply(StoredAction stored, Instant sentAt, Transition transition) {
        actions.apply(connector.name(), sending(stored.action(), sentAt), transition, clock.instant());
    }

    /** Returns the complete orders by action id; refuses actions whose unlock code cannot be decrypted. */
    private Map<UUID, ActionOrder> orders(List<StoredAction> due, LaneRun lane) {
        Map<UUID, ActionOrder> orders = new HashMap<>();
        for (StoredAction stored : due) {
            UUID id = stored.action().id();
            Approval approval = stored.action().approval();
            try {
                ActionCommand complete = stored.command()
                        .withUnlockCode(unlockCodeCipher.decrypt(id, actions.unlockCode(id)));
                orders.put(id, new ActionOrder(id, complete, approval == null ? null : approval.code()));
            } catch (UnlockCodeCipher.UndecryptableException e) {
                log.error("Could not decrypt an unlock code: {} (action={}, device={})", e.getMessage(), id,
                        stored.device());
                Problem lost = Problem.of(ProblemKind.UNLOCK_CODE_UNREADABLE,
                        "The unlock code was encrypted with another key than connector.secrets.key.",
                        "Order the wipe again, and change that key only while no wipe with an unlock code is queued.");
                lane.write(() -> actions.apply(connector.name(), stored.action(),
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
