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

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code destructive_order}: what was let in, and the requests for approval. */
@Repository
class OrderRepository {

    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends, nothing else is let in. */
    void hold() {
        jdbc.sql("select name from safety_guard where name = 'ADMISSION' for update").query(String.class).single();
    }

    /** How many devices an identity has reached since then without an approval. */
    long startedFreely(String identity, ActionKind kind, Instant since) {
        return jdbc.sql("""
                select coalesce(sum(devices), 0) from destructive_order
                where identity = :identity and kind = :kind and at > :since and standing = 'FREE'
                """)
                .param("identity", identity)
                .param("kind", kind.name())
                .param("since", timestamp(since))
                .query(Long.class)
                .single();
    }

    /** When something was last let in or handed over; null = never. */
    @Nullable
    Instant newest() {
        return jdbc.sql("""
                select greatest((select max(at) from destructive_order), (select max(at) from destructive_hand_over))
                    as newest
                """)
                .query((row, _) -> Optional.ofNullable(nullableInstant(row, "newest")))
                .single()
                .orElse(null);
    }

    /** Stores what needs no approval. */
    void addFree(SafetyGate.Order order, Instant now) {
        add(order, now, "FREE", null, null);
    }

    /** Stores a request for approval. */
    void addPending(SafetyGate.Order order, Instant now, String reason, Instant expiresAt) {
        add(order, now, ApprovalRequest.State.PENDING.name(), reason, expiresAt);
    }

    private void add(SafetyGate.Order order, Instant now, String standing, @Nullable String reason,
            @Nullable Instant expiresAt) {
        jdbc.sql("""
                insert into destructive_order (subject, workflow, kind, devices, identity, on_behalf_of, at, standing,
                    reason, expires_at)
                values (:subject, :workflow, :kind, :devices, :identity, :onBehalfOf, :now, :standing, :reason,
                    :expires)
                """)
                .param("subject", Objects.requireNonNull(order.subject(), "what is stored has an id"))
                .param("workflow", order.workflow())
                .param("kind", order.kind().name())
                .param("devices", order.devices())
                .param("identity", order.identity())
                .param("onBehalfOf", order.onBehalfOf())
                .param("now", timestamp(now))
                .param("standing", standing)
                .param("reason", reason, Types.VARCHAR)
                .param("expires", timestamp(expiresAt))
                .update();
    }

    /** What may be handed over of an order. */
    record Admitted(String workflow, ActionKind kind, int devices) {}

    /** An order that was let in, at once or by approval; empty for every other. */
    Optional<Admitted> admitted(UUID subject) {
        return jdbc.sql("""
                select workflow, kind, devices from destructive_order
                where subject = :subject and standing in ('FREE', 'APPROVED')
                """)
                .param("subject", subject)
                .query((row, _) -> new Admitted(row.getString(1), ActionKind.valueOf(row.getString(2)),
                        row.getInt(3)))
                .optional();
    }

    Optional<ApprovalRequest> approval(UUID subject) {
        return jdbc.sql("select * from destructive_order where subject = :subject and standing <> 'FREE'")
                .param("subject", subject)
                .query((row, _) -> approval(row))
                .optional();
    }

    /** Holds a request for approval until the transaction ends. */
    Optional<ApprovalRequest> holdApproval(UUID subject) {
        return jdbc.sql("""
                select * from destructive_order where subject = :subject and standing <> 'FREE' for update
                """).param("subject", subject).query((row, _) -> approval(row)).optional();
    }

    /** Requests for approval, the newest first, at most 1,000; one that is over counts as expired. */
    List<ApprovalRequest> approvals(ApprovalRequest.@Nullable State state, Instant now) {
        return jdbc.sql("""
                select * from (
                    select *, case when standing = 'PENDING' and expires_at <= :now then 'EXPIRED' else standing end
                        as shown
                    from destructive_order where standing <> 'FREE') shown
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
        return jdbc.sql("select count(*) from destructive_order where standing = 'PENDING' and expires_at > :now")
                .param("now", timestamp(now))
                .query(Integer.class)
                .single();
    }

    /** Requests of a workflow that nobody decided in time, held. */
    List<ApprovalRequest> holdOverdue(String workflow, Instant now) {
        return jdbc.sql("""
                select * from destructive_order
                where workflow = :workflow and standing = 'PENDING' and expires_at <= :now
                order by subject for update
                """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .query((row, _) -> approval(row))
                .list();
    }

    /** Decides a held request; false when it waits no more. */
    boolean decide(UUID subject, ApprovalRequest.State state, @Nullable String by, @Nullable String reason,
            Instant now) {
        return jdbc.sql("""
                update destructive_order
                set standing = :state, decided_by = :by, decision_reason = :reason, decided_at = :now
                where subject = :subject and standing = 'PENDING'
                """)
                .param("state", state.name())
                .param("by", by, Types.VARCHAR)
                .param("reason", reason, Types.VARCHAR)
                .param("now", timestamp(now))
                .param("subject", subject)
                .update() == 1;
    }

    private static ApprovalRequest approval(ResultSet row) throws SQLException {
        return new ApprovalRequest(row.getObject("subject", UUID.class), row.getString("workflow"),
                ActionKind.valueOf(row.getString("kind")), row.getInt("devices"), row.getString("identity"),
                row.getString("on_behalf_of"), instant(row, "at"), row.getString("reason"),
                instant(row, "expires_at"), ApprovalRequest.State.valueOf(row.getString("standing")),
                nullableInstant(row, "decided_at"), row.getString("decided_by"),
                row.getString("decision_reason"));
    }
}
