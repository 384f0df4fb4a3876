package io.acmpintune.connector.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.action.ActionStop;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the table {@code action_stop}. Callers that rely on it must lock the connector ({@link ActionRepository#lock}). */
@Repository
class ActionStopRepository {

    private final JdbcClient jdbc;

    ActionStopRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<ActionStop> all(String connector) {
        return jdbc.sql("select * from action_stop where connector = :connector order by origin")
                .param("connector", connector)
                .query((row, _) -> stop(row))
                .list();
    }

    Optional<ActionStop> find(String connector, String origin) {
        return jdbc.sql("select * from action_stop where connector = :connector and origin = :origin")
                .param("connector", connector)
                .param("origin", origin)
                .query((row, _) -> stop(row))
                .optional();
    }

    void save(String connector, ActionStop stop) {
        jdbc.sql("""
                insert into action_stop (connector, origin, stopped, actor, decided_at)
                values (:connector, :origin, :stopped, :by, :at)
                on conflict (connector, origin) do update
                    set stopped = excluded.stopped, actor = excluded.actor, decided_at = excluded.decided_at
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
