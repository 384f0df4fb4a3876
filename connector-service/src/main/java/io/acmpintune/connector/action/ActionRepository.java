package io.acmpintune.connector.action;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The tables {@code device_action} and {@code device_action_history}. */
@Repository
class ActionRepository {

    private static final List<String> ENDED = Arrays.stream(ActionState.values())
            .filter(ActionState::isFinal)
            .map(Enum::name)
            .toList();
    private static final List<ActionState> UNSENT = List.of(ActionState.QUEUED, ActionState.AWAITING_APPROVAL);
    /** With the beginning of the action of the same kind before it on the same device. */
    private static final String STORED = """
            select device_action.*, (select max(other.accepted_at) from device_action other
                where other.connector = device_action.connector and other.device = device_action.device
                    and other.kind = device_action.kind and other.requested_at < device_action.requested_at) as earlier
            from device_action
            """;

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

    /** Holds the connectors until the transaction ends, so that orders come in one after the other. */
    void hold(Collection<String> connectors) {
        jdbc.sql("select name from connector where name in (:connectors) order by name for update")
                .param("connectors", connectors)
                .query(String.class)
                .list();
    }

    /**
     * An order to store.
     *
     * @param command without secrets
     * @param unlockCode encrypted; null = none
     */
    record NewAction(UUID id, String key, ActionCommand command, Instant expiresAt, @Nullable String unlockCode,
            @Nullable String unlockCodeDigest) {}

    /** Stores a new action; to be called in a transaction that holds the connector. */
    void add(String connector, NewAction action, Instant now) {
        ActionCommand command = action.command();
        jdbc.sql("""
                with counter as (
                    update connector set action_revision = action_revision + 1 where name = :connector
                    returning action_revision)
                insert into device_action (id, connector, idempotency_key, command, device, kind, state, revision,
                    requested_at, state_at, due_at, expires_at, unlock_code, unlock_code_digest, origin)
                select :id, :connector, :key, :command::json, :device, :kind, 'QUEUED', counter.action_revision,
                    :now, :now, :now, :expires, :code, :digest, :origin
                from counter
                """)
                .param("id", action.id())
                .param("connector", connector)
                .param("key", action.key())
                .param("command", json.writeValueAsString(command))
                .param("device", command.deviceId().value())
                .param("kind", command.kind().name())
                .param("now", timestamp(now))
                .param("expires", timestamp(action.expiresAt()))
                .param("code", action.unlockCode(), Types.VARCHAR)
                .param("digest", action.unlockCodeDigest(), Types.VARCHAR)
                .param("origin", command.origin(), Types.VARCHAR)
                .update();
        remember(action.id(), null,
                Transition.to(ActionState.QUEUED).by(command.requestedBy()).noting(command.justification()),
                now);
    }

    /** An action of the kind on the device that is not at its end; where there are several, the newest. */
    Optional<DeviceAction> underWay(String connector, DeviceId device, ActionKind kind) {
        return jdbc.sql("""
                select * from device_action
                where connector = :connector and device = :device and kind = :kind and state not in (:ended)
                order by requested_at desc limit 1
                """)
                .param("connector", connector)
                .param("device", device.value())
                .param("kind", kind.name())
                .param("ended", ENDED)
                .query(this::action)
                .optional();
    }

    /**
     * When the {@code limit}-th newest action of the kind was sent, or ordered, that counts towards a limit.
     *
     * @param connectors those that share the limit
     * @return empty when there are fewer since then
     */
    Optional<Instant> sentBefore(Collection<String> connectors, ActionKind kind, int limit, Instant since) {
        return jdbc.sql("""
                select coalesce(sent_at, requested_at) as at from device_action
                where connector in (:connectors) and kind = :kind and coalesce(sent_at, requested_at) > :since
                    and state <> 'REFUSED'
                    and (state not in ('CANCELLED', 'EXPIRED') or (sent_at is not null and approval_code is null))
                order by at desc offset :before limit 1
                """)
                .param("connectors", connectors)
                .param("kind", kind.name())
                .param("since", timestamp(since))
                .param("before", limit - 1)
                .query((row, _) -> instant(row, "at"))
                .optional();
    }

    /** The keyed digest of the unlock code that came with the order; null = none came. */
    @Nullable
    String unlockCodeDigest(UUID action) {
        return text("unlock_code_digest", action);
    }

    /** The encrypted unlock code; null = none, or erased. */
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

    /**
     * Actions in one of the states whose time has come, the longest due first; synchronizations after all others, so that the
     * lock of a stolen phone does not wait behind thousands of them. A queued action that is {@link #overdue} is never among them.
     */
    List<StoredAction> due(String connector, Collection<ActionState> states, Instant now, int limit) {
        return jdbc.sql(STORED + """
                where connector = :connector and state in (:states) and due_at <= :now
                    and (state <> 'QUEUED' or expires_at > :now or approval_code is not null)
                order by kind = 'SYNC_DEVICE', due_at, requested_at limit :limit
                """)
                .param("connector", connector)
                .param("states", states.stream().map(Enum::name).toList())
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(this::stored)
                .list();
    }

    /** Every action in the state, due or not. */
    List<StoredAction> in(String connector, ActionState state) {
        return jdbc.sql(STORED + "where connector = :connector and state = :state")
                .param("connector", connector)
                .param("state", state.name())
                .query(this::stored)
                .list();
    }

    /** Queued actions that are too late; one that Intune has approved is not. */
    List<StoredAction> overdue(String connector, Instant now, int limit) {
        return jdbc.sql(STORED + """
                where connector = :connector and state = 'QUEUED' and expires_at <= :now and approval_code is null
                order by expires_at limit :limit
                """)
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(this::stored)
                .list();
    }

    /** Takes the step; a new state gets a revision and a line of history, a stay only a new due time. */
    void take(String connector, DeviceAction action, Transition step, Instant now) {
        if (!tryTake(connector, action, step, now)) {
            throw new IllegalStateException("action " + action.id() + " is no longer " + action.state().text());
        }
    }

    /** Takes the step unless somebody was faster: false when the action has left its state meanwhile. */
    boolean tryTake(String connector, DeviceAction action, Transition step, Instant now) {
        boolean stays = action.state() == step.to();
        if (!stays) {
            ActionTransitions.require(action.state(), step.to());
            // before the action's own row, as everybody else does
            hold(List.of(connector));
        }
        boolean sending = step.to() == ActionState.SENDING;
        int changed = jdbc.sql("""
                update device_action set state = :to, due_at = :due,
                    checks = case when :sending then 0 when :looked then checks + 1 else checks end,
                    sends = case when :sending then sends + 1 else sends end,
                    state_at = case when :stays then state_at else :now end,
                    sent_at = case when :sending then :now else sent_at end,
                    accepted_at = coalesce(:accepted, accepted_at),
                    approval_code = coalesce(:code, approval_code),
                    approval_expires_at = coalesce(:code_expires, approval_expires_at),
                    unlock_code = case when :over then null else unlock_code end,
                    problem = case when :stays then problem else :problem::json end
                where id = :id and state = :from
                """)
                .param("to", step.to().name())
                .param("from", action.state().name())
                .param("stays", stays)
                .param("sending", sending)
                .param("looked", step.looked())
                // nothing is sent again from there
                .param("over", step.to().isFinal() || step.to() == ActionState.ACCEPTED)
                .param("now", timestamp(now))
                .param("due", timestamp(now.plus(step.pause())))
                .param("accepted", timestamp(step.acceptedAt()))
                .param("code", step.approval() == null ? null : step.approval().code(), Types.VARCHAR)
                .param("code_expires", timestamp(step.approval() == null ? null : step.approval().expiresAt()))
                .param("problem", step.problem() == null ? null : json.writeValueAsString(step.problem()),
                        Types.VARCHAR)
                .param("id", action.id())
                .update();
        if (changed == 1 && !stays) {
            revise(connector, action.id());
            remember(action.id(), action.state(), step, now);
        }
        return changed == 1;
    }

    /**
     * Cancels every action of an origin that was not sent, in one statement, since there may be thousands; to be called in a
     * transaction that holds the connector.
     *
     * @param origin a workflow, or {@link ActionStop#ALL}
     * @return how many there were
     */
    int cancelUnsent(String connector, String origin, Transition cancelling, Instant now) {
        UNSENT.forEach(state -> ActionTransitions.require(state, cancelling.to()));
        Problem why = Objects.requireNonNull(cancelling.problem(), "whoever cancels says why");
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
                .param("problem", json.writeValueAsString(why))
                .param("actor", cancelling.by(), Types.VARCHAR)
                .param("note", why.detail())
                .update();
    }

    /** Gives an action that is queued again new time to be sent. */
    void expireAt(UUID action, Instant at) {
        jdbc.sql("update device_action set expires_at = :at where id = :action")
                .param("at", timestamp(at))
                .param("action", action)
                .update();
    }

    /** Notes that the PIN is told now; false when it was before. */
    boolean tellPin(DeviceAction action, String by, Instant now) {
        int told = jdbc.sql("update device_action set pin_disclosed_at = :now where id = :action and pin_disclosed_at is null")
                .param("now", timestamp(now))
                .param("action", action.id())
                .update();
        if (told == 1) {
            remember(action.id(), action.state(),
                    Transition.to(action.state()).by(by).noting("the unlock PIN was told"),
                    now);
        }
        return told == 1;
    }

    boolean pinTold(UUID action) {
        return jdbc.sql("select pin_disclosed_at is not null from device_action where id = :action")
                .param("action", action)
                .query(Boolean.class)
                .single();
    }

    /** When Intune took it; empty when it did not, as far as is known. */
    Optional<Instant> acceptedAt(UUID action) {
        return jdbc.sql("select accepted_at from device_action where id = :action")
                .param("action", action)
                .query((row, _) -> Optional.ofNullable(nullableInstant(row, "accepted_at")))
                .single();
    }

    List<ActionEvent> history(UUID action) {
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

    private void revise(String connector, UUID action) {
        jdbc.sql("""
                with counter as (
                    update connector set action_revision = action_revision + 1 where name = :connector
                    returning action_revision)
                update device_action set revision = counter.action_revision from counter where id = :action
                """).param("connector", connector).param("action", action).update();
    }

    private void remember(UUID action, @Nullable ActionState from, Transition step, Instant now) {
        jdbc.sql("""
                insert into device_action_history (action, at, from_state, to_state, actor, note, request_id)
                values (:action, :now, :from, :to, :actor, :note, :request)
                """)
                .param("action", action)
                .param("now", timestamp(now))
                .param("from", from == null ? null : from.name(), Types.VARCHAR)
                .param("to", step.to().name())
                .param("actor", step.by(), Types.VARCHAR)
                .param("note", step.problem() == null ? step.note() : step.problem().detail(), Types.VARCHAR)
                .param("request", step.requestId(), Types.VARCHAR)
                .update();
    }

    private StoredAction stored(ResultSet row, int number) throws SQLException {
        return new StoredAction(action(row, number), nullableInstant(row, "accepted_at"), row.getInt("checks"),
                row.getInt("sends"), instant(row, "expires_at"), nullableInstant(row, "earlier"));
    }

    private DeviceAction action(ResultSet row, int number) throws SQLException {
        String problem = row.getString("problem");
        String code = row.getString("approval_code");
        return new DeviceAction(row.getObject("id", UUID.class), row.getLong("revision"),
                json.readValue(row.getString("command"), ActionCommand.class),
                ActionState.valueOf(row.getString("state")),
                instant(row, "requested_at"), nullableInstant(row, "sent_at"),
                instant(row, "state_at"),
                code == null ? null : new Approval(code, instant(row, "approval_expires_at")),
                problem == null ? null : json.readValue(problem, Problem.class));
    }
}
