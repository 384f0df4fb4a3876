package io.acmpintune.connector.action;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionState;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the table {@code device_action_history}. */
final class ActionHistory {

    private final JdbcClient jdbc;

    ActionHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns everything that happened to an action, the oldest first. */
    List<ActionEvent> of(UUID action) {
        return jdbc.sql("select * from device_action_history where action = :action order by id")
                .param("action", action)
                .query((row, _) -> {
                    String from = row.getString("from_state");
                    return new ActionEvent(instant(row, "at"),
                            from == null ? null : ActionState.valueOf(from),
                            ActionState.valueOf(row.getString("to_state")),
                            row.getString("actor"), row.getString("note"), row.getString("request_id"));
                })
                .list();
    }

    void add(UUID action, @Nullable ActionState from, Transition transition, Instant now) {
        jdbc.sql("""
                insert into device_action_history (action, at, from_state, to_state, actor, note, request_id)
                values (:action, :now, :from, :to, :actor, :note, :request)
                """)
                .param("action", action)
                .param("now", timestamp(now))
                .param("from", from == null ? null : from.name(), Types.VARCHAR)
                .param("to", transition.to().name())
                .param("actor", transition.by(), Types.VARCHAR)
                .param("note", transition.problem() == null ? transition.note() : transition.problem().detail(),
                        Types.VARCHAR)
                .param("request", transition.requestId(), Types.VARCHAR)
                .update();
    }
}
