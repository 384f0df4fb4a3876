package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.runtime.continuity.Continuity;
import io.acmpintune.runtime.continuity.Heartbeat;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Notices that the database is older than the world, before anything is sent: a restored database has forgotten what was sent,
 * cancelled and stopped. Then every connector stops until the stop is lifted. After a mere gap, which an outage leaves as well, only
 * the retires and wipes that waited expire.
 */
final class RestoreCheck implements SmartInitializingSingleton {

    static final String LANE = "heartbeat";

    private static final Logger log = LoggerFactory.getLogger(RestoreCheck.class);
    private static final List<ActionState> UNSENT = List.of(ActionState.QUEUED, ActionState.AWAITING_APPROVAL);

    private final Heartbeat heartbeat;
    private final List<Connector> connectors;
    private final ActionStops stops;
    private final ActionRepository actions;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    RestoreCheck(Heartbeat heartbeat, List<Connector> connectors, ActionStops stops, ActionRepository actions,
            TransactionOperations transactions, InstantSource clock) {
        this.heartbeat = heartbeat;
        this.connectors = List.copyOf(connectors);
        this.stops = stops;
        this.actions = actions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Checks before lanes and requests start. The start fails if that is not possible. */
    @Override
    public void afterSingletonsInstantiated() {
        act(heartbeat.examine());
        heartbeat.beat();
    }

    Duration beat(LaneRun lane) {
        act(heartbeat.examine());
        lane.write(heartbeat::beat);
        return Heartbeat.INTERVAL;
    }

    private void act(Continuity continuity) {
        switch (continuity) {
            case Continuity.Unbroken() -> {
                // everything goes on
            }
            case Continuity.Gap gap -> expireWhatWaited(gap);
            case Continuity.Restored(var evidence) -> stop(evidence);
        }
    }

    /** Stops every connector because of what was found. */
    void stop(String evidence) {
        log.error("The database may have been restored from a backup, so all actions are stopped: {}", evidence);
        for (Connector connector : connectors) {
            stops.change(connector, ActionStop.ALL, new ActionStop.Change(true, ActionStop.BY_CONNECTOR, null));
        }
    }

    private void expireWhatWaited(Continuity.Gap gap) {
        for (Connector connector : connectors) {
            UNSENT.stream()
                    .flatMap(state -> actions.in(connector.name(), state).stream())
                    .filter(StoredAction::isDestructive)
                    .forEach(stored -> expire(connector, stored, gap));
        }
    }

    private void expire(Connector connector, StoredAction stored, Continuity.Gap gap) {
        Instant now = clock.instant();
        boolean expired = Boolean.TRUE.equals(transactions.execute(_ -> actions.tryApply(connector.name(),
                stored.action(), OutcomeTransitions.afterGap(gap), now)));
        if (expired) {
            log.warn("Expired an action that waited while the service was away (action={}, device={})",
                    stored.action().id(), stored.device());
        }
    }
}
