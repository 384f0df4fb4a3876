package io.acmpintune.connector.action;

import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the table {@code device_action}. */
@Repository
class ActionRepository {

    private static final List<String> FINAL = Arrays.stream(ActionState.values())
            .filter(ActionState::isFinal)
            .map(Enum::name)
            .toList();
    private static final List<ActionState> UNSENT = List.of(ActionState.QUEUED, ActionState.AWAITING_APPROVAL);
    /** Includes the start of the previous action of the same kind on the same device. */
    private static final String STORED = """
            select device_action.*, (select max(other.accepted_at) from device_action other
                where other.connector = device_action.connector and other.device = device_action.device
                    and other.kind = device_action.kind and other.requested_at < device_action.requested_at)
                    as previous_start
            from device_action
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ActionRows rows;
    private final ActionHistory history;

    ActionRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.rows = new ActionRows(json);
        this.history = new ActionHistory(jdbc);
    }

    /** Returns everything that happened to an action, the oldest first. */
    List<ActionEvent> history(UUID action) {
        return history.of(action);
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
     * Locks the connectors until the transaction ends, which serializes orders and transitions. Rows that refer to them, such as
     * stops, can still be inserted.
     */
    void lock(Collection<String> connectors) {
        jdbc.sql("select name from connector where name in (:connectors) order by name for no key update")
                .param("connectors", connectors)
                .query(String.class)
                .list();
    }

    /**
     * A new action.
     *
     * @param command without secrets
     * @param unlockCode encrypted; null = none
     */
    record NewAction(UUID id, String key, ActionCommand command, Impact impact, Instant expiresAt,
            @Nullable String unlockCode, @Nullable String unlockCodeDigest) {}

    /** Stores a new action. Call it in a transaction that has locked the connector. */
    void add(String connector, NewAction action, Instant now) {
        ActionCommand command = action.command();
        jdbc.sql(
                """
                        with counter as (
                            update connector set action_revision = action_revision + 1 where name = :connector
                            returning action_revision)
                        insert into device_action (id, connector, idempotency_key, command, device, kind, impact, state, revision,
                            requested_at, state_at, due_at, expires_at, unlock_code, unlock_code_digest, origin)
                        select :id, :connector, :key, :command::json, :device, :kind, :impact, 'QUEUED', counter.action_revision,
                            :now, :now, :now, :expires, :code, :digest, :origin
                        from counter
                        """)
                .param("id", action.id())
                .param("connector", connector)
                .param("key", action.key())
                .param("command", json.writeValueAsString(command))
                .param("device", command.deviceId().value())
                .param("kind", command.kind().name())
                .param("impact", action.impact().name())
                .param("now", timestamp(now))
                .param("expires", timestamp(action.expiresAt()))
                .param("code", action.unlockCode(), Types.VARCHAR)
                .param("digest", action.unlockCodeDigest(), Types.VARCHAR)
                .param("origin", command.origin(), Types.VARCHAR)
                .update();
        history.add(action.id(), null,
                Transition.to(ActionState.QUEUED).by(command.requestedBy()).withNote(command.justification()),
                now);
    }

    /** Returns the newest action of the kind on the device that is not in a final state. */
    Optional<DeviceAction> inProgress(String connector, DeviceId device, ActionKind kind) {
        return jdbc.sql("""
                select * from device_action
                where connector = :connector and device = :device and kind = :kind and state not in (:ended)
                order by requested_at desc limit 1
                """)
                .param("connector", connector)
                .param("device", device.value())
                .param("kind", kind.name())
                .param("ended", FINAL)
                .query(rows::action)
                .optional();
    }

    /**
     * Returns when the {@code limit}-th newest action that counts towards a limit was sent or ordered.
     *
     * @param connectors connectors that share the limit
     * @return empty if there are fewer since then
     */
    Optional<Instant> nthNewest(Collection<String> connectors, ActionKind kind, Impact impact, int limit,
            Instant since) {
        return jdbc.sql("""
                select coalesce(sent_at, requested_at) as at from device_action
                where connector in (:connectors) and kind = :kind and impact = :impact
                    and coalesce(sent_at, requested_at) > :since
                    and state <> 'REFUSED'
                    and (state not in ('CANCELLED', 'EXPIRED') or (sent_at is not null and approval_code is null))
                order by at desc offset :before limit 1
                """)
                .param("connectors", connectors)
                .param("kind", kind.name())
                .param("impact", impact.name())
                .param("since", timestamp(since))
                .param("before", limit - 1)
                .query((row, _) -> instant(row, "at"))
                .optional();
    }

    /** Returns the keyed digest of the unlock code of the order; null = none. */
    @Nullable
    String unlockCodeDigest(UUID action) {
        return text("unlock_code_digest", action);
    }

    /** Returns the encrypted unlock code; null = none, or erased. */
    @Nullable
    String unlockCode(UUID action) {
        return text("unlock_code", action);
    }

    private @Nullable String text(String column, UUID action) {
        return jdbc.sql("select " + column + " from device_action where id = :action")
                .param("action", action)
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    Optional<DeviceAction> find(String connector, UUID id) {
        return jdbc.sql("select * from device_action where connector = :connector and id = :id")
                .param("connector", connector)
                .param("id", id)
                .query(rows::action)
                .optional();
    }

    Optional<DeviceAction> byKey(String connector, String key) {
        return jdbc.sql("select * from device_action where connector = :connector and idempotency_key = :key")
                .param("connector", connector)
                .param("key", key)
                .query(rows::action)
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
                .query(rows::action)
                .list();
    }

    /**
     * Returns queued actions that are due: wipes, retirements and locks first, so that the lock of a stolen phone does not wait
     * behind thousands of others, and harmless ones last. The order is that of an index. Actions that are {@link #overdue} are
     * excluded.
     */
    List<StoredAction> queued(String connector, Instant now, int limit) {
        return jdbc.sql(STORED + """
                where connector = :connector and state = 'QUEUED' and due_at <= :now and expires_at > :now
                order by case when kind in ('WIPE', 'RETIRE', 'REMOTE_LOCK') then 0 when impact = 'HARMLESS' then 2
                    else 1 end, due_at, requested_at limit :limit
                """)
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(rows::stored)
                .list();
    }

    /** Returns actions in one of the states that are due, the longest due first. Actions that are {@link #overdue} are excluded. */
    List<StoredAction> due(String connector, Collection<ActionState> states, Instant now, int limit) {
        return jdbc.sql(STORED + """
                where connector = :connector and state in (:states) and due_at <= :now
                    and (expires_at > :now or state <> 'AWAITING_APPROVAL')
                order by due_at, requested_at limit :limit
                """)
                .param("connector", connector)
                .param("states", states.stream().map(Enum::name).toList())
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(rows::stored)
                .list();
    }

    /** Returns every action in the state, due or not. */
    List<StoredAction> in(String connector, ActionState state) {
        return jdbc.sql(STORED + "where connector = :connector and state = :state")
                .param("connector", connector)
                .param("state", state.name())
                .query(rows::stored)
                .list();
    }

    /** Returns unsent actions that have expired, also those that Intune has approved. */
    List<StoredAction> overdue(String connector, Instant now, int limit) {
        return jdbc.sql(STORED + """
                where connector = :connector and state in ('QUEUED', 'AWAITING_APPROVAL') and expires_at <= :now
                order by expires_at limit :limit
                """)
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(rows::stored)
                .list();
    }

    /**
     * Applies a transition. A new state gets a revision and a line of history; staying in the state only reschedules the action.
     *
     * @throws IllegalStateException when the action has left its state meanwhile
     */
    void apply(String connector, DeviceAction action, Transition transition, Instant now) {
        if (!tryApply(connector, action, transition, now)) {
            throw new IllegalStateException("action " + action.id() + " is no longer " + action.state().text());
        }
    }

    /** As {@link #apply}, but returns false if the action has left its state meanwhile. */
    boolean tryApply(String connector, DeviceAction action, Transition transition, Instant now) {
        boolean stays = action.state() == transition.to();
        if (!stays) {
            ActionTransitions.require(action.state(), transition.to());
            // always before the row of the action, which avoids deadlocks
            lock(List.of(connector));
        }
        boolean sending = transition.to() == ActionState.SENDING;
        int changed = jdbc.sql("""
                update device_action set state = :to, due_at = :due,
                    checks = case when :sending then 0 when :checked then checks + 1 else checks end,
                    sends = case when :sending then sends + 1 else sends end,
                    state_at = case when :stays then state_at else :now end,
                    sent_at = case when :sending then :now else sent_at end,
                    accepted_at = coalesce(:accepted, accepted_at),
                    approval_code = coalesce(:code, approval_code),
                    approval_expires_at = coalesce(:code_expires, approval_expires_at),
                    unlock_code = case when :sent_for_good then null else unlock_code end,
                    problem = case when :stays then problem else :problem::json end
                where id = :id and state = :from
                """)
                .param("to", transition.to().name())
                .param("from", action.state().name())
                .param("stays", stays)
                .param("sending", sending)
                .param("checked", transition.deviceChecked())
                // the action is never sent again
                .param("sent_for_good", transition.to().isFinal() || transition.to() == ActionState.ACCEPTED)
                .param("now", timestamp(now))
                .param("due", timestamp(now.plus(transition.pause())))
                .param("accepted", timestamp(transition.acceptedAt()))
                .param("code", transition.approval() == null ? null : transition.approval().code(), Types.VARCHAR)
                .param("code_expires",
                        timestamp(transition.approval() == null ? null : transition.approval().expiresAt()))
                .param("problem", transition.problem() == null ? null : json.writeValueAsString(transition.problem()),
                        Types.VARCHAR)
                .param("id", action.id())
                .update();
        if (changed == 1 && !stays) {
            revise(connector, action.id());
            history.add(action.id(), action.state(), transition, now);
        }
        return changed == 1;
    }

    /**
     * Cancels all unsent actions of an origin in one statement, since there may be thousands. Call it in a transaction that has
     * locked the connector.
     *
     * @param origin a workflow, or {@link ActionStop#ALL}
     * @return the number of cancelled actions
     */
    int cancelUnsent(String connector, String origin, Transition cancelling, Instant now) {
        UNSENT.forEach(state -> ActionTransitions.require(state, cancelling.to()));
        Problem problem = Objects.requireNonNull(cancelling.problem(), "a cancellation has a problem");
        return jdbc.sql("""
                with unsent as materialized (
                    select id, state, row_number() over (order by requested_at, id) as place from device_action
                    where connector = :connector and state in (:unsent) and (:origin = :all or origin = :origin)),
                counter as (
                    update connector set action_revision = action_revision + (select count(*) from unsent)
                    where name = :connector
                    returning action_revision - (select count(*) from unsent) as before),
                cancelled as (
                    update device_action set state = :to, state_at = :now, due_at = :now, unlock_code = null,
                        problem = :problem::json, revision = counter.before + unsent.place
                    from unsent, counter where device_action.id = unsent.id
                    returning device_action.id, unsent.state)
                insert into device_action_history (action, at, from_state, to_state, actor, note)
                select id, :now, state, :to, :actor, :note from cancelled
                """)
                .param("connector", connector)
                .param("unsent", UNSENT.stream().map(Enum::name).toList())
                .param("origin", origin)
                .param("all", ActionStop.ALL)
                .param("to", cancelling.to().name())
                .param("now", timestamp(now))
                .param("problem", json.writeValueAsString(problem))
                .param("actor", cancelling.by(), Types.VARCHAR)
                .param("note", problem.detail())
                .update();
    }

    /** Has an action expire no later than at a time. */
    void expireBy(UUID action, Instant at) {
        jdbc.sql("update device_action set expires_at = least(expires_at, :at) where id = :action")
                .param("at", timestamp(at))
                .param("action", action)
                .update();
    }

    /** Sets when an action expires that is queued again. */
    void expireAt(UUID action, Instant at) {
        jdbc.sql("update device_action set expires_at = :at where id = :action")
                .param("at", timestamp(at))
                .param("action", action)
                .update();
    }

    /** Records that the unlock PIN is disclosed; returns false if it was before. */
    boolean disclosePin(DeviceAction action, String by, Instant now) {
        int updated = jdbc
                .sql("update device_action set pin_disclosed_at = :now where id = :action and pin_disclosed_at is null")
                .param("now", timestamp(now))
                .param("action", action.id())
                .update();
        if (updated == 1) {
            history.add(action.id(), action.state(),
                    Transition.to(action.state()).by(by).withNote("the unlock PIN was disclosed"),
                    now);
        }
        return updated == 1;
    }

    boolean isPinDisclosed(UUID action) {
        return jdbc.sql("select pin_disclosed_at is not null from device_action where id = :action")
                .param("action", action)
                .query(Boolean.class)
                .single();
    }

    /** Returns when Intune accepted the action; empty = not accepted as far as known. */
    Optional<Instant> acceptedAt(UUID action) {
        return jdbc.sql("select accepted_at from device_action where id = :action")
                .param("action", action)
                .query((row, _) -> Optional.ofNullable(nullableInstant(row, "accepted_at")))
                .single();
    }

    private void revise(String connector, UUID action) {
        jdbc.sql("""
                with counter as (
                    update connector set action_revision = action_revision + 1 where name = :connector
                    returning action_revision)
                update device_action set revision = counter.action_revision from counter where id = :action
                """).param("connector", connector).param("action", action).update();
    }
}
