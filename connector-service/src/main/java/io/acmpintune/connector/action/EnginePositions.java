package io.acmpintune.connector.action;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.EnginePosition;

/** Keeps how far each engine's history has come, in the table {@code engine_position}. */
@Component
public class EnginePositions {

    private final JdbcClient jdbc;
    private final ActionStops stops;
    private final TransactionOperations transactions;

    EnginePositions(JdbcClient jdbc, ActionStops stops, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.stops = stops;
        this.transactions = transactions;
    }

    /** Stores a position and returns what was known before. */
    public EnginePosition.Known report(Connector connector, UUID engine, EnginePosition position) {
        Long known = transactions.execute(_ -> {
            Optional<Long> before = jdbc.sql("select position from engine_position where engine = :engine for update")
                    .param("engine", engine)
                    .query(Long.class)
                    .optional();
            jdbc.sql("""
                    insert into engine_position (engine, position) values (:engine, :position)
                    on conflict (engine) do update
                        set position = case when :restored then :position
                            else greatest(engine_position.position, :position) end
                    """)
                    .param("engine", engine)
                    .param("position", position.position())
                    .param("restored", position.restored())
                    .update();
            return before.orElse(0L);
        });
        return new EnginePosition.Known(known == null ? 0 : known, stoppedItself(connector).orElse(null));
    }

    private Optional<Instant> stoppedItself(Connector connector) {
        return stops.all(connector)
                .stream()
                .filter(stop -> stop.stopped() && stop.by().equals(ActionStop.BY_CONNECTOR))
                .map(ActionStop::decidedAt)
                .findFirst();
    }
}
