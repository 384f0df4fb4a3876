package io.acmpintune.engine.safety;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code safety_order}: admitted orders, and requests for approval. */
@Repository
class OrderRepository {

    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks admission: until the transaction ends, nobody else is admitted. */
    void lockAdmission() {
        jdbc.sql("select name from safety_guard where name = 'ADMISSION' for update").query(String.class).single();
    }

    /** Counts the devices that an identity has ordered since then without an approval. */
    long countFree(String identity, ActionKind kind, Impact impact, Instant since) {
        return jdbc.sql("""
                select coalesce(sum(case when :destructive then destructive else disruptive end), 0)
                from safety_order
                where identity = :identity and kind = :kind and at > :since and state = 'FREE'
                """)
                .param("destructive", impact == Impact.DESTRUCTIVE)
                .param("identity", identity)
                .param("kind", kind.name())
                .param("since", timestamp(since))
                .query(Long.class)
                .single();
    }

    /** Returns the names of operators in the orders of an identity, at most 1,000. */
    List<String> namesThrough(String identity) {
        return jdbc.sql("select distinct on_behalf_of from safety_order where identity = :identity limit :most")
                .param("identity", identity)
                .param("most", MOST)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Returns when something was last admitted or handed over; null = never. */
    @Nullable
    Instant newest() {
        return jdbc.sql("""
                select greatest((select max(at) from safety_order), (select max(at) from safety_hand_over))
                    as newest
                """)
                .query((row, _) -> Optional.ofNullable(nullableInstant(row, "newest")))
                .single()
                .orElse(null);
    }

    /** Stores an order that needs no approval. */
    void addFree(SafetyGate.Order order, Instant now) {
        add(order, now, "FREE", null, null);
    }

    /** Stores a request for approval. */
    void addPending(SafetyGate.Order order, Instant now, String reason, Instant expiresAt) {
        add(order, now, ApprovalRequest.State.PENDING.name(), reason, expiresAt);
    }

    private void add(SafetyGate.Order order, Instant now, String state, @Nullable String reason,
            @Nullable Instant expiresAt) {
        jdbc.sql("""
                insert into safety_order (subject, workflow, kind, disruptive, destructive, identity, on_behalf_of, at,
                    state, reason, expires_at)
                values (:subject, :workflow, :kind, :disruptive, :destructive, :identity, :onBehalfOf, :now,
                    :state, :reason, :expires)
                """)
                .param("subject", Objects.requireNonNull(order.subject(), "a stored order has a subject"))
                .param("workflow", order.workflow())
                .param("kind", order.kind().name())
                .param("disruptive", order.devices().disruptive())
                .param("destructive", order.devices().destructive())
                .param("identity", order.identity())
                .param("onBehalfOf", order.onBehalfOf())
                .param("now", timestamp(now))
                .param("state", state)
                .param("reason", reason, Types.VARCHAR)
                .param("expires", timestamp(expiresAt))
                .update();
    }

    /** What may be handed over of an admitted order. */
    record Admitted(String workflow, ActionKind kind, Affected devices) {}

    /** Returns an order that was admitted, at once or by approval; empty for all others. */
    Optional<Admitted> admitted(UUID subject) {
        return jdbc.sql("""
                select workflow, kind, disruptive, destructive from safety_order
                where subject = :subject and state in ('FREE', 'APPROVED')
                """)
                .param("subject", subject)
                .query((row, _) -> new Admitted(row.getString(1), ActionKind.valueOf(row.getString(2)),
                        devices(row)))
                .optional();
    }

    Optional<ApprovalRequest> approval(UUID subject) {
        return jdbc.sql("select * from safety_order where subject = :subject and state <> 'FREE'")
                .param("subject", subject)
                .query((row, _) -> approval(row))
                .optional();
    }

    /** Returns orders whose requests have an outcome that was not applied to their jobs yet, in the orders of two indexes. */
    List<UUID> decided(String workflow, Instant now, int limit) {
        return jdbc
                .sql("""
                        (select subject from safety_order
                            where workflow = :workflow and state not in ('FREE', 'PENDING') and not applied
                            order by subject limit :limit)
                        union all
                        (select subject from safety_order
                            where workflow = :workflow and state = 'PENDING' and expires_at <= :now and not applied
                            order by expires_at limit :limit)
                        limit :limit
                        """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Notes that the outcome of a request was applied to its job. */
    void applied(UUID subject) {
        jdbc.sql("update safety_order set applied = true where subject = :subject")
                .param("subject", subject)
                .update();
    }

    /** Locks and returns a request for approval. */
    Optional<ApprovalRequest> lockApproval(UUID subject) {
        return jdbc.sql("""
                select * from safety_order where subject = :subject and state <> 'FREE' for update
                """).param("subject", subject).query((row, _) -> approval(row)).optional();
    }

    /** Returns requests for approval, the newest first, at most 1,000; overdue ones count as expired. */
    List<ApprovalRequest> approvals(ApprovalRequest.@Nullable State state, Instant now) {
        return jdbc.sql("""
                select * from (
                    select *, case when state = 'PENDING' and expires_at <= :now then 'EXPIRED' else state end
                        as shown
                    from safety_order where state <> 'FREE') shown
                where :state::text is null or shown = :state
                order by at desc, subject desc limit :most
                """)
                .param("state", state == null ? null : state.name(), Types.VARCHAR)
                .param("now", timestamp(now))
                .param("most", MOST)
                .query((row, _) -> approval(row))
                .list();
    }

    int countPending(Instant now) {
        return jdbc.sql("select count(*) from safety_order where state = 'PENDING' and expires_at > :now")
                .param("now", timestamp(now))
                .query(Integer.class)
                .single();
    }

    /** Locks and returns the overdue requests of a workflow, at most 1,000. */
    List<ApprovalRequest> lockOverdue(String workflow, Instant now) {
        return jdbc.sql("""
                select * from safety_order
                where workflow = :workflow and state = 'PENDING' and expires_at <= :now
                order by subject limit :most for update
                """)
                .param("most", MOST)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .query((row, _) -> approval(row))
                .list();
    }

    /** Decides a locked request; false if it is not pending any more. */
    boolean decide(UUID subject, ApprovalRequest.State state, @Nullable String by, @Nullable String reason,
            Instant now) {
        return jdbc.sql("""
                update safety_order
                set state = :state, decided_by = :by, decision_reason = :reason, decided_at = :now
                where subject = :subject and state = 'PENDING'
                """)
                .param("state", state.name())
                .param("by", by, Types.VARCHAR)
                .param("reason", reason, Types.VARCHAR)
                .param("now", timestamp(now))
                .param("subject", subject)
                .update() == 1;
    }

    private static Affected devices(ResultSet row) throws SQLException {
        return new Affected(0, row.getInt("disruptive"), row.getInt("destructive"));
    }

    private static ApprovalRequest approval(ResultSet row) throws SQLException {
        Affected devices = devices(row);
        return new ApprovalRequest(row.getObject("subject", UUID.class), row.getString("workflow"),
                ActionKind.valueOf(row.getString("kind")), devices.impact(), devices.total(),
                row.getString("identity"), row.getString("on_behalf_of"), instant(row, "at"), row.getString("reason"),
                instant(row, "expires_at"), ApprovalRequest.State.valueOf(row.getString("state")),
                nullableInstant(row, "decided_at"), row.getString("decided_by"),
                row.getString("decision_reason"));
    }
}
