package io.acmpintune.connector.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.action.ActionStop;
import io.acmpintune.runtime.database.UrgentDatabase;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code action_stop}. Changes have connections of their own and wait for no action. */
@Repository
class ActionStopRepository {

    private final JdbcClient jdbc;
    private final JdbcClient urgent;

    ActionStopRepository(JdbcClient jdbc, UrgentDatabase urgent) {
        this.jdbc = jdbc;
        this.urgent = urgent.jdbc();
    }

    List<ActionStop> all(String connector) {
        return jdbc.sql("select * from action_stop where connector = :connector order by origin")
                .param("connector", connector)
                .query((row, _) -> stop(row))
                .list();
    }

    Optional<ActionStop> find(String connector, String origin) {
        return urgent.sql("select * from action_stop where connector = :connector and origin = :origin")
                .param("connector", connector)
                .param("origin", origin)
                .query((row, _) -> stop(row))
                .optional();
    }

    /** Stores a stop, or a lift unless it is older than what is stored. */
    void save(String connector, ActionStop stop) {
        urgent.sql("""
                insert into action_stop (connector, origin, stopped, actor, decided_at)
                values (:connector, :origin, :stopped, :by, :at)
                on conflict (connector, origin) do update
                    set stopped = excluded.stopped, actor = excluded.actor, decided_at = excluded.decided_at
                    where excluded.stopped or action_stop.decided_at <= excluded.decided_at
                """)
                .param("connector", connector)
                .param("origin", stop.origin())
                .param("stopped", stop.stopped())
                .param("by", stop.by())
                .param("at", timestamp(stop.decidedAt()))
                .update();
    }

    private static ActionStop stop(ResultSet row) throws SQLException {
        return new ActionStop(row.getString("origin"), row.getBoolean("stopped"), row.getString("actor"),
                instant(row, "decided_at"));
    }
}
