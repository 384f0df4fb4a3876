package io.acmpintune.engine.safety;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code emergency_stop}, and the row that serializes stops and hand-overs. */
@Repository
class StopRepository {

    private final JdbcClient jdbc;

    StopRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps stops out until the transaction ends: a stop waits, and sees what this transaction did. */
    void share() {
        jdbc.sql("select name from safety_guard where name = 'STOP' for share").query(String.class).single();
    }

    /** Waits for all hand-overs under way, and keeps others out until the transaction ends. */
    void hold() {
        jdbc.sql("select name from safety_guard where name = 'STOP' for update").query(String.class).single();
    }

    /** Returns the active stop of a workflow or of all; of two, the one of all. */
    Optional<EmergencyStop> covering(String workflow) {
        return jdbc.sql("""
                select * from emergency_stop where stopped and scope in (:workflow, '*') order by scope limit 1
                """).param("workflow", workflow).query((row, _) -> stop(row)).optional();
    }

    Optional<EmergencyStop> find(String scope) {
        return jdbc.sql("select * from emergency_stop where scope = :scope")
                .param("scope", scope)
                .query((row, _) -> stop(row))
                .optional();
    }

    List<EmergencyStop> all() {
        return jdbc.sql("select * from emergency_stop order by scope").query((row, _) -> stop(row)).list();
    }

    List<EmergencyStop> stopped() {
        return jdbc.sql("select * from emergency_stop where stopped order by scope")
                .query((row, _) -> stop(row))
                .list();
    }

    /** Stops or lifts. The time is always later than that of the previous change, because connectors compare it. */
    void change(String scope, boolean stopped, @Nullable String reason, String by, Instant now) {
        jdbc.sql("""
                insert into emergency_stop (scope, stopped, reason, changed_by, changed_at, revision)
                values (:scope, :stopped, :reason, :by, :now, 1)
                on conflict (scope) do update set stopped = :stopped, reason = :reason, changed_by = :by,
                    changed_at = greatest(:now, emergency_stop.changed_at + interval '1 microsecond'),
                    lift_asked_by = null, lift_asked_at = null, revision = emergency_stop.revision + 1
                """)
                .param("scope", scope)
                .param("stopped", stopped)
                .param("reason", reason, Types.VARCHAR)
                .param("by", by)
                .param("now", timestamp(now))
                .update();
    }

    void askLift(String scope, String by, Instant now) {
        jdbc.sql("update emergency_stop set lift_asked_by = :by, lift_asked_at = :now where scope = :scope")
                .param("scope", scope)
                .param("by", by)
                .param("now", timestamp(now))
                .update();
    }

    static EmergencyStop stop(ResultSet row) throws SQLException {
        return new EmergencyStop(row.getString("scope"), row.getBoolean("stopped"), row.getString("reason"),
                row.getString("changed_by"), instant(row, "changed_at"),
                row.getString("lift_asked_by"), nullableInstant(row, "lift_asked_at"), row.getLong("revision"),
                List.of());
    }
}
