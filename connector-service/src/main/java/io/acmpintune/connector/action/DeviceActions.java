package io.acmpintune.connector.action;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.inventory.Inventory;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.problem.ProblemException;

/** Takes orders and tells how they stand. */
@Component
public class DeviceActions {

    private final ActionRepository actions;
    private final Inventory inventory;
    private final TransactionOperations transactions;
    private final Lanes lanes;
    private final FeedSignal signal;
    private final InstantSource clock;

    DeviceActions(ActionRepository actions, Inventory inventory, TransactionOperations transactions, Lanes lanes,
            FeedSignal signal, InstantSource clock) {
        this.actions = actions;
        this.inventory = inventory;
        this.transactions = transactions;
        this.lanes = lanes;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Stores the order under its key, to be sent at once.
     *
     * @throws ProblemException 404 for a device that the connector does not know, 409 for a key that stands for another order
     */
    public DeviceAction order(Connector connector, String key, ActionCommand command) {
        Optional<DeviceAction> known = actions.byKey(connector.name(), key);
        if (known.isEmpty() && !inventory.has(connector, command.deviceId())) {
            throw new ProblemException(Problem.of("unknown-device", "Unknown device", 404,
                    connector + " knows no device " + command.deviceId() + " in Intune.",
                    "Use the id of a device of this connector's feed; one that left Intune cannot be reached."));
        }
        DeviceAction action = known.orElseGet(() -> add(connector, key, command));
        if (!action.command().equals(command)) {
            throw new ProblemException(Problem.of("idempotency-key-reused", "Idempotency key used for another order",
                    409,
                    "The key stands for " + action.command().kind().graphName() + " on "
                            + action.command().deviceId() + ", requested by " + action.command().requestedBy() + ".",
                    "Choose a new key for a new order; repeat an order with exactly the same body."));
        }
        return action;
    }

    private DeviceAction add(Connector connector, String key, ActionCommand command) {
        boolean added = Boolean.TRUE.equals(
                transactions.execute(_ -> actions.add(connector.name(), key, command, clock.instant())));
        if (added) {
            lanes.wake("send-actions", connector.name());
            signal.changed();
        }
        return actions.byKey(connector.name(), key)
                .orElseThrow(() -> new IllegalStateException("the action was stored or was there"));
    }

    public Optional<DeviceAction> find(Connector connector, UUID id) {
        return actions.find(connector.name(), id);
    }

    /** The feed behind a revision; empty when there is nothing new. */
    public Optional<ActionChanges> changes(Connector connector, long after, int limit) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        List<DeviceAction> changes = actions.changes(connector.name(), after, limit);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        long next = changes.getLast().revision();
        return Optional.of(new ActionChanges(feed.id(), next, next < feed.revision(), changes));
    }

    /** The answer when there is nothing new. */
    public ActionChanges unchanged(Connector connector, long after) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        return new ActionChanges(feed.id(), Math.min(after, feed.revision()), false, List.of());
    }
}
