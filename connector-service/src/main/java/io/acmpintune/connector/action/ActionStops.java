package io.acmpintune.connector.action;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
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
    private final Executor executor;

    @Autowired
    ActionStops(ActionStopRepository stops, ActionRepository actions, TransactionOperations transactions,
            FeedSignal signal, InstantSource clock) {
        this(stops, actions, transactions, signal, clock, Executors.newVirtualThreadPerTaskExecutor());
    }

    /** @param executor runs what a stop does not wait for */
    ActionStops(ActionStopRepository stops, ActionRepository actions, TransactionOperations transactions,
            FeedSignal signal, InstantSource clock, Executor executor) {
        this.stops = stops;
        this.actions = actions;
        this.transactions = transactions;
        this.signal = signal;
        this.clock = clock;
        this.executor = executor;
    }

    public List<ActionStop> all(Connector connector) {
        return stops.all(connector.name());
    }

    /**
     * Starts or lifts a stop on all replicas, without waiting for orders or for actions that are being sent. After a stop returns, no
     * further action of the origin is sent: each batch checks the stops once more right before its request. Queued actions are
     * cancelled meanwhile, and by the lane that would send them.
     *
     * @return the resulting state, stopped or lifted; a lift that is older than the stored stop changes nothing
     */
    public ActionStop change(Connector connector, String origin, ActionStop.Change change) {
        Instant now = clock.instant();
        Instant decided = change.decidedAt() == null ? now : change.decidedAt();
        stops.save(connector.name(), new ActionStop(origin, change.stopped(), change.by(),
                decided.truncatedTo(ChronoUnit.MICROS)));
        ActionStop current = stops.find(connector.name(), origin).orElseThrow();
        log.warn("Emergency stop{} (connector={}, origin={})", current.stopped() ? "" : " lifted", connector, origin);
        if (current.stopped()) {
            executor.execute(() -> cancelUnsent(connector, current, now));
        }
        return current;
    }

    private void cancelUnsent(Connector connector, ActionStop stop, Instant now) {
        try {
            Integer cancelled = transactions.execute(_ -> {
                actions.lock(List.of(connector.name()));
                return actions.cancelUnsent(connector.name(), stop.origin(), cancelling(stop), now);
            });
            log.warn("Cancelled actions because of an emergency stop (connector={}, origin={}, actions={})", connector,
                    stop.origin(), cancelled);
            signal.changed();
        } catch (RuntimeException e) {
            log.warn("The actions of a stopped origin cannot be cancelled yet, and are when they are due: {}"
                    + " (connector={}, origin={})", e.getMessage(), connector, stop.origin());
        }
    }

    /** Returns the transition that cancels an action because of a stop. */
    static Transition cancelling(ActionStop stop) {
        return Transition.to(ActionState.CANCELLED).by(stop.by()).because(problem(stop));
    }

    static Problem problem(ActionStop stop) {
        String scope = stop.origin().equals(ActionStop.ALL) ? "all actions" : "the actions of " + stop.origin();
        return Problem.of(ProblemKind.EMERGENCY_STOP, 0,
                "Emergency stop: " + stop.by() + " stopped " + scope + " at " + stop.decidedAt() + ".",
                "If it is still needed, order it again once the stop is lifted.");
    }
}
