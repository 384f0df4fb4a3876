package io.acmpintune.engine.safety;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.action.ActionKind;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The tables {@code safety_hand_over}, which the caps count, and {@code safety_lock}. */
@Repository
class CapRepository {

    private final JdbcClient jdbc;

    CapRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Holds the workflow's lock row: until the transaction ends, nobody else hands over or releases. */
    WorkflowLock hold(String workflow) {
        jdbc.sql("insert into safety_lock (workflow) values (:workflow) on conflict do nothing")
                .param("workflow", workflow)
                .update();
        return jdbc.sql("select * from safety_lock where workflow = :workflow for update")
                .param("workflow", workflow)
                .query((row, _) -> lock(row))
                .single();
    }

    /** Returns the lock of a workflow if it is locked. */
    Optional<WorkflowLock> locked(String workflow) {
        return jdbc.sql("select * from safety_lock where workflow = :workflow and locked_at is not null")
                .param("workflow", workflow)
                .query((row, _) -> lock(row))
                .optional();
    }

    /** Returns the locks of all locked workflows. */
    List<WorkflowLock> locked() {
        return jdbc.sql("select * from safety_lock where locked_at is not null order by workflow")
                .query((row, _) -> lock(row))
                .list();
    }

    /** Counts the devices that were handed over after a moment. */
    long handedOver(String workflow, ActionKind kind, Instant since) {
        return jdbc.sql("""
                select coalesce(sum(devices), 0) from safety_hand_over
                where workflow = :workflow and kind = :kind and at > :since
                """)
                .param("workflow", workflow)
                .param("kind", kind.name())
                .param("since", timestamp(since))
                .query(Long.class)
                .single();
    }

    /** Counts the devices of an order that were handed over. */
    long handedOver(UUID subject) {
        return jdbc.sql("select coalesce(sum(devices), 0) from safety_hand_over where subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .single();
    }

    void record(UUID subject, String workflow, ActionKind kind, int devices, Instant now) {
        jdbc.sql("""
                insert into safety_hand_over (workflow, kind, subject, devices, at)
                values (:workflow, :kind, :subject, :devices, :now)
                """)
                .param("workflow", workflow)
                .param("kind", kind.name())
                .param("subject", subject)
                .param("devices", devices)
                .param("now", timestamp(now))
                .update();
    }

    void lock(String workflow, ActionKind kind, String reason, Instant now) {
        jdbc.sql("""
                update safety_lock set locked_at = :now, locked_kind = :kind, reason = :reason,
                    release_asked_by = null, release_asked_at = null
                where workflow = :workflow
                """)
                .param("workflow", workflow)
                .param("kind", kind.name())
                .param("reason", reason)
                .param("now", timestamp(now))
                .update();
    }

    void askRelease(String workflow, String by, Instant now) {
        jdbc.sql("""
                update safety_lock set release_asked_by = :by, release_asked_at = :now where workflow = :workflow
                """).param("workflow", workflow).param("by", by).param("now", timestamp(now)).update();
    }

    void release(String workflow, String by, Instant now) {
        jdbc.sql("""
                update safety_lock set locked_at = null, released_by = :by, released_at = :now
                where workflow = :workflow
                """).param("workflow", workflow).param("by", by).param("now", timestamp(now)).update();
    }

    private static WorkflowLock lock(ResultSet row) throws SQLException {
        String kind = row.getString("locked_kind");
        return new WorkflowLock(row.getString("workflow"), nullableInstant(row, "locked_at"),
                kind == null ? null : ActionKind.valueOf(kind), row.getString("reason"),
                row.getString("release_asked_by"), nullableInstant(row, "release_asked_at"),
                row.getString("released_by"),
                nullableInstant(row, "released_at"));
    }
}
