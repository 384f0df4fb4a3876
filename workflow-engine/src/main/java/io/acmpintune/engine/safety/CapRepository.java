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
import io.acmpintune.model.action.Impact;

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
    long handedOver(String workflow, ActionKind kind, Impact impact, Instant since) {
        return jdbc.sql("""
                select coalesce(sum(devices), 0) from safety_hand_over
                where workflow = :workflow and kind = :kind and impact = :impact and at > :since
                """)
                .param("workflow", workflow)
                .param("kind", kind.name())
                .param("impact", impact.name())
                .param("since", timestamp(since))
                .query(Long.class)
                .single();
    }

    /** Counts the devices of an order that were handed over for the first time. */
    long handedOver(UUID subject, Impact impact) {
        return jdbc.sql("""
                select coalesce(sum(devices), 0) from safety_hand_over
                where subject = :subject and impact = :impact and not again
                """)
                .param("subject", subject)
                .param("impact", impact.name())
                .query(Long.class)
                .single();
    }

    /**
     * Devices that are cleared.
     *
     * @param again they were cleared before
     */
    record HandOver(UUID subject, String workflow, ActionKind kind, Impact impact, int devices, boolean again) {}

    void record(HandOver handOver, Instant now) {
        jdbc.sql("""
                insert into safety_hand_over (workflow, kind, impact, subject, devices, again, at)
                values (:workflow, :kind, :impact, :subject, :devices, :again, :now)
                """)
                .param("workflow", handOver.workflow())
                .param("kind", handOver.kind().name())
                .param("impact", handOver.impact().name())
                .param("subject", handOver.subject())
                .param("devices", handOver.devices())
                .param("again", handOver.again())
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
