package io.acmpintune.connector.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;

/** The tables {@code device_action} and {@code device_action_history}. */
@Repository
class ActionRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ActionRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The feed's identity and its newest revision. */
    record Feed(UUID id, long revision) {}

    Feed feed(String connector) {
        return jdbc.sql("select feed, action_revision from connector where name = :connector")
                .param("connector", connector)
                .query((row, _) -> new Feed(row.getObject(1, UUID.class), row.getLong(2)))
                .single();
    }

    /**
     * Stores a new action unless the key is known; to be called in a transaction.
     *
     * @return false when there is an action under the key already
     */
    boolean add(String connector, String key, ActionCommand command, Instant now) {
        UUID id = UUID.randomUUID();
        // here requests with one key wait for each other, and the next statement sees what the one before stored
        jdbc.sql("select name from connector where name = :connector for update")
                .param("connector", connector)
                .query(String.class)
                .single();
        int added = jdbc.sql("""
                with counter as (
                    update connector set action_revision = action_revision + 1
                    where name = :connector and not exists (select 1 from device_action
                        where connector = :connector and idempotency_key = :key)
                    returning action_revision)
                insert into device_action (id, connector, idempotency_key, command, device, kind, state, revision,
                    requested_at, state_at, due_at)
                select :id, :connector, :key, :command::json, :device, :kind, 'QUEUED', counter.action_revision,
                    :now, :now, :now
                from counter
                on conflict (connector, idempotency_key) do nothing
                """)
                .param("id", id)
                .param("connector", connector)
                .param("key", key)
                .param("command", json.writeValueAsString(command))
                .param("device", command.deviceId().value())
                .param("kind", command.kind().name())
                .param("now", Timestamp.from(now))
                .update();
        if (added == 1) {
            remember(id, null, ActionState.QUEUED, "requested by " + command.requestedBy(), now);
        }
        return added == 1;
    }

    Optional<DeviceAction> find(String connector, UUID id) {
        return jdbc.sql("select * from device_action where connector = :connector and id = :id")
                .param("connector", connector)
                .param("id", id)
                .query(this::action)
                .optional();
    }

    Optional<DeviceAction> byKey(String connector, String key) {
        return jdbc.sql("select * from device_action where connector = :connector and idempotency_key = :key")
                .param("connector", connector)
                .param("key", key)
                .query(this::action)
                .optional();
    }

    List<DeviceAction> changes(String connector, long after, int limit) {
        return jdbc.sql("""
                select * from device_action where connector = :connector and revision > :after
                order by revision limit :limit
                """)
                .param("connector", connector)
                .param("after", after)
                .param("limit", limit)
                .query(this::action)
                .list();
    }

    /** Actions in one of the states whose time has come, the longest due first. */
    List<StoredAction> due(String connector, Collection<ActionState> states, Instant now, int limit) {
        return jdbc.sql("""
                select * from device_action
                where connector = :connector and state in (:states) and due_at <= :now
                order by due_at, requested_at limit :limit
                """)
                .param("connector", connector)
                .param("states", states.stream().map(Enum::name).toList())
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, number) -> new StoredAction(action(row, number), instant(row, "accepted_at"),
                        row.getInt("looks")))
                .list();
    }

    /** Every action in the state, due or not. */
    List<DeviceAction> in(String connector, ActionState state) {
        return jdbc.sql("select * from device_action where connector = :connector and state = :state")
                .param("connector", connector)
                .param("state", state.name())
                .query(this::action)
                .list();
    }

    /** Takes the step; a new state gets a revision and a line of history, a stay only a new due time. */
    void take(String connector, DeviceAction action, Step step, Instant now) {
        boolean stays = action.state() == step.to();
        if (!stays) {
            ActionTransitions.require(action.state(), step.to());
        }
        int changed = jdbc.sql("""
                update device_action set state = :to, due_at = :due, looks = looks + case when :look then 1 else 0 end,
                    state_at = case when :stays then state_at else :now end,
                    sent_at = case when :to = 'SENDING' then :now else sent_at end,
                    accepted_at = coalesce(:accepted, accepted_at),
                    problem = case when :stays then problem else :problem::json end
                where id = :id and state = :from
                """)
                .param("to", step.to().name())
                .param("from", action.state().name())
                .param("stays", stays)
                .param("look", stays || step.to() == ActionState.PENDING)
                .param("now", Timestamp.from(now))
                .param("due", Timestamp.from(now.plus(step.pause())))
                .param("accepted", step.acceptedAt() == null ? null : Timestamp.from(step.acceptedAt()),
                        Types.TIMESTAMP)
                .param("problem", step.problem() == null ? null : json.writeValueAsString(step.problem()),
                        Types.VARCHAR)
                .param("id", action.id())
                .update();
        if (changed != 1) {
            throw new IllegalStateException("action " + action.id() + " is no longer " + action.state().text());
        }
        if (!stays) {
            revise(connector, action.id());
            remember(action.id(), action.state(), step.to(), note(step), now);
        }
    }

    private static @Nullable String note(Step step) {
        return step.problem() == null ? step.note() : step.problem().detail();
    }

    private void revise(String connector, UUID action) {
        jdbc.sql("""
                with counter as (
                    update connector set action_revision = action_revision + 1 where name = :connector
                    returning action_revision)
                update device_action set revision = counter.action_revision from counter where id = :action
                """).param("connector", connector).param("action", action).update();
    }

    private void remember(UUID action, @Nullable ActionState from, ActionState to, @Nullable String note, Instant now) {
        jdbc.sql("""
                insert into device_action_history (action, at, from_state, to_state, note)
                values (:action, :now, :from, :to, :note)
                """)
                .param("action", action)
                .param("now", Timestamp.from(now))
                .param("from", from == null ? null : from.name(), Types.VARCHAR)
                .param("to", to.name())
                .param("note", note, Types.VARCHAR)
                .update();
    }

    private DeviceAction action(ResultSet row, int number) throws SQLException {
        String problem = row.getString("problem");
        return new DeviceAction(row.getObject("id", UUID.class), row.getLong("revision"),
                json.readValue(row.getString("command"), ActionCommand.class),
                ActionState.valueOf(row.getString("state")),
                row.getTimestamp("requested_at").toInstant(), instant(row, "sent_at"),
                row.getTimestamp("state_at").toInstant(),
                problem == null ? null : json.readValue(problem, Problem.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
