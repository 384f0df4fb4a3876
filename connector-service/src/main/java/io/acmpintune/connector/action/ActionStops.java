package io.acmpintune.connector.action;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Starts and lifts emergency stops, for the actions of one workflow (the origin) or for all. */
@Component
public class ActionStops {

    private static final Logger log = LoggerFactory.getLogger(ActionStops.class);

    private final ActionStopRepository stops;
    private final ActionRepository actions;
    private final TransactionOperations transactions;
    private final FeedSignal signal;
    private final InstantSource clock;

    ActionStops(ActionStopRepository stops, ActionRepository actions, TransactionOperations transactions,
            FeedSignal signal,
            InstantSource clock) {
        this.stops = stops;
        this.actions = actions;
        this.transactions = transactions;
        this.signal = signal;
        this.clock = clock;
    }

    public List<ActionStop> all(Connector connector) {
        return stops.all(connector.name());
    }

    /**
     * Starts or lifts a stop on all replicas. When a stop returns, no further action of the origin is sent, and queued ones are
     * cancelled.
     *
     * @return the resulting state, stopped or lifted; a lift that is older than the stored stop changes nothing
     */
    public ActionStop change(Connector connector, String origin, ActionStop.Change change) {
        Instant now = clock.instant();
        Instant decided = change.decidedAt() == null ? now : change.decidedAt();
        ActionStop requested = new ActionStop(origin, change.stopped(), change.by(),
                decided.truncatedTo(ChronoUnit.MICROS));
        ActionStop current = locked(connector, () -> {
            ActionStop stored = stops.find(connector.name(), origin).orElse(requested);
            if (!requested.stopped() && stored.decidedAt().isAfter(requested.decidedAt())) {
                return stored;
            }
            stops.save(connector.name(), requested);
            return requested;
        });
        // in a second transaction, so that the stop takes effect before thousands of actions are cancelled
        int cancelled = current.stopped()
                ? locked(connector, () -> actions.cancelUnsent(connector.name(), origin, cancelling(current), now))
                : 0;
        if (current.stopped()) {
            log.warn("Emergency stop (connector={}, origin={}, cancelledActions={})", connector, origin, cancelled);
        } else {
            log.warn("Emergency stop lifted (connector={}, origin={})", connector, origin);
        }
        signal.changed();
        return current;
    }

    /** Runs in a transaction during which no action of the connector can be marked as sending. */
    private <T> T locked(Connector connector, Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            actions.lock(List.of(connector.name()));
            return work.get();
        }));
    }

    /** Returns the transition that cancels an action because of a stop. */
    static Transition cancelling(ActionStop stop) {
        String scope = stop.origin().equals(ActionStop.ALL) ? "all actions" : "the actions of " + stop.origin();
        return Transition.to(ActionState.CANCELLED)
                .by(stop.by())
                .because(Problem.of(ProblemKind.EMERGENCY_STOP, 0,
                        "Emergency stop: " + stop.by() + " stopped " + scope + " at " + stop.decidedAt() + ".",
                        "If it is still needed, order it again once the stop is lifted."));
    }
}
