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

/** Stops the actions of an origin in an emergency, and lifts that. */
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
     * Stops or lifts, over all replicas: when this returns, no action of a stopped origin begins to be sent, and none is left
     * that waits to be.
     *
     * @return how it stands; a lift that is older than the stop changes nothing
     */
    public ActionStop change(Connector connector, String origin, ActionStop.Change change) {
        Instant now = clock.instant();
        Instant decided = change.decidedAt() == null ? now : change.decidedAt();
        ActionStop wanted = new ActionStop(origin, change.stopped(), change.by(),
                decided.truncatedTo(ChronoUnit.MICROS));
        ActionStop standing = inTurn(connector, () -> {
            ActionStop known = stops.find(connector.name(), origin).orElse(wanted);
            if (!wanted.stopped() && known.decidedAt().isAfter(wanted.decidedAt())) {
                return known;
            }
            stops.save(connector.name(), wanted);
            return wanted;
        });
        // after the commit of the stop, which must not wait for thousands of actions to be cancelled
        int cancelled = standing.stopped()
                ? inTurn(connector, () -> actions.cancelUnsent(connector.name(), origin, cancelling(standing), now))
                : 0;
        if (standing.stopped()) {
            log.warn("{}: emergency stop of {}; {} actions cancelled", connector, origin, cancelled);
        } else {
            log.warn("{}: the emergency stop of {} is lifted", connector, origin);
        }
        signal.changed();
        return standing;
    }

    /** While nobody else marks an action of the connector as being sent. */
    private <T> T inTurn(Connector connector, Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            actions.hold(List.of(connector.name()));
            return work.get();
        }));
    }

    /** What becomes of an action that a stop covers. */
    static Transition cancelling(ActionStop stop) {
        String whose = stop.origin().equals(ActionStop.ALL) ? "all actions" : "the actions of " + stop.origin();
        return Transition.to(ActionState.CANCELLED)
                .by(stop.by())
                .because(Problem.of(ProblemKind.EMERGENCY_STOP, 0,
                        "emergency stop: " + stop.by() + " stopped " + whose + " at " + stop.decidedAt() + ".",
                        "Order it again once the stop is lifted, if it is still wanted."));
    }
}
