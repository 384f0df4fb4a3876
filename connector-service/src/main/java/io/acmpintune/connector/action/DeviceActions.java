package io.acmpintune.connector.action;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.problem.ProblemException;

/** Finds device actions, and lets people cancel or decide them. */
@Component
public class DeviceActions {

    private static final Logger log = LoggerFactory.getLogger(DeviceActions.class);

    private final ActionRepository actions;
    private final TransactionOperations transactions;
    private final Lanes lanes;
    private final FeedSignal signal;
    private final InstantSource clock;

    DeviceActions(ActionRepository actions, TransactionOperations transactions, Lanes lanes, FeedSignal signal,
            InstantSource clock) {
        this.actions = actions;
        this.transactions = transactions;
        this.lanes = lanes;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Cancels an action.
     *
     * @throws ProblemException 409 when it was sent
     */
    public DeviceAction cancel(Connector connector, DeviceAction action, ActionCancellation cancellation) {
        Transition transition = Transition.to(ActionState.CANCELLED).by(cancellation.cancelledBy());
        return switch (action.state()) {
            case QUEUED, AWAITING_APPROVAL, NEEDS_DECISION -> apply(connector, action, transition);
            case SENDING, ACCEPTED, PENDING, UNCERTAIN, DONE, FAILED, NOT_SUPPORTED, REFUSED, CANCELLED, EXPIRED ->
                throw conflict(action, "can no longer be cancelled",
                        "No action needed: it was sent to Intune or has finished.");
        };
    }

    /**
     * Decides an action for which it is unknown whether Intune accepted it.
     *
     * @throws ProblemException 409 when it needs no decision
     */
    public DeviceAction decide(Connector connector, DeviceAction action, ActionDecision decision) {
        if (action.state() != ActionState.NEEDS_DECISION) {
            throw conflict(action, "needs no decision",
                    "Read the action again; only actions in the state needs-decision can be decided.");
        }
        Transition transition = switch (decision.verdict()) {
            case TAKEN -> Transition.to(ActionState.ACCEPTED)
                    .acceptedAt(Objects.requireNonNull(action.sentAt(), "it was sent"));
            case SEND_AGAIN -> Transition.to(ActionState.QUEUED);
            case GIVE_UP -> Transition.to(ActionState.CANCELLED);
        };
        DeviceAction decided = apply(connector, action,
                transition.by(decision.decidedBy()).withNote(decision.verdict().text()));
        lanes.wake(ActionConfiguration.SEND, connector.name());
        return decided;
    }

    private DeviceAction apply(Connector connector, DeviceAction action, Transition transition) {
        Instant now = clock.instant();
        boolean applied = Boolean.TRUE.equals(transactions.execute(_ -> {
            if (transition.to() == ActionState.QUEUED) {
                actions.expireAt(action.id(), now.plus(connector.actions().expireAfter()));
            }
            return actions.tryApply(connector.name(), action, transition, now);
        }));
        DeviceAction after = find(connector, action.id()).orElseThrow();
        if (!applied) {
            throw conflict(after, "has changed meanwhile", "Read the action again.");
        }
        log.info("Action changed by a person (connector={}, action={}, device={}, state={}, by={})", connector,
                action.id(), action.command().deviceId(), transition.to().text(), transition.by());
        signal.changed();
        return after;
    }

    public Optional<DeviceAction> find(Connector connector, UUID id) {
        return actions.find(connector.name(), id);
    }

    /** Returns everything that happened to an action, the oldest first. */
    public List<ActionEvent> history(DeviceAction action) {
        return actions.history(action.id());
    }

    /** Returns the changes after a revision; empty = none. */
    public Optional<ActionChanges> changes(Connector connector, long after, int limit) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        List<DeviceAction> changes = actions.changes(connector.name(), after, limit);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        long next = changes.getLast().revision();
        return Optional.of(new ActionChanges(feed.id(), next, next < feed.revision(), changes));
    }

    /** Returns an answer without changes. */
    public ActionChanges unchanged(Connector connector, long after) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        return new ActionChanges(feed.id(), Math.min(after, feed.revision()), false, List.of());
    }

    private static ProblemException conflict(DeviceAction action, String what, String remedy) {
        return new ProblemException(Problem.of(ProblemKind.ACTION_STATE,
                "Action " + action.id() + " is " + action.state().text() + " and " + what + ".", remedy));
    }
}
