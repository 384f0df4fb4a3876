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

import io.acmpintune.runtime.database.UrgentDatabase;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code emergency_stop}. Pressing a stop has connections of its own, and only inserts. */
@Repository
class StopRepository {

    /** The newest row of each scope, which says whether it is stopped. */
    static final String NEWEST = "(select distinct on (scope) * from emergency_stop order by scope, id desc)";

    private final JdbcClient jdbc;
    private final JdbcClient urgent;

    StopRepository(JdbcClient jdbc, UrgentDatabase urgent) {
        this.jdbc = jdbc;
        this.urgent = urgent.jdbc();
    }

    /** Returns the active stop of a workflow or of all; of two, the one of all. */
    Optional<EmergencyStop> covering(String workflow) {
        return jdbc.sql("""
                select stop.* from (values (:workflow), ('*')) as wanted (scope) cross join lateral (
                    select * from emergency_stop where scope = wanted.scope order by id desc limit 1) as stop
                where stop.lifted_at is null order by stop.scope <> '*' limit 1
                """).param("workflow", workflow).query((row, _) -> stop(row)).optional();
    }

    Optional<EmergencyStop> find(String scope) {
        return newest(urgent, scope, "");
    }

    /** Locks the newest stop of a scope, which keeps others from lifting it; it may still be pressed again. */
    Optional<EmergencyStop> lock(String scope) {
        return newest(jdbc, scope, "for update");
    }

    private static Optional<EmergencyStop> newest(JdbcClient jdbc, String scope, String lock) {
        return jdbc.sql("select * from emergency_stop where scope = :scope order by id desc limit 1 " + lock)
                .param("scope", scope)
                .query((row, _) -> stop(row))
                .optional();
    }

    List<EmergencyStop> all() {
        return jdbc.sql("select * from " + NEWEST + " as stop order by scope").query((row, _) -> stop(row)).list();
    }

    List<EmergencyStop> stopped() {
        return jdbc.sql("select * from " + NEWEST + " as stop where lifted_at is null order by scope")
                .query((row, _) -> stop(row))
                .list();
    }

    /**
     * Stops, unless the scope is stopped and nobody has asked to lift that stop. The time is always later than that of the previous
     * change, because connectors compare it.
     */
    void press(String scope, @Nullable String reason, String by, Instant now) {
        urgent.sql("""
                with newest as (
                    select * from emergency_stop where scope = :scope order by id desc limit 1)
                insert into emergency_stop (scope, reason, pressed_by, pressed_at)
                select :scope, :reason, :by, greatest(:now, (
                    select coalesce(lifted_at, pressed_at) + interval '1 microsecond' from newest))
                where not exists (select from newest where lifted_at is null and lift_asked_by is null)
                """)
                .param("scope", scope)
                .param("reason", reason, Types.VARCHAR)
                .param("by", by)
                .param("now", timestamp(now))
                .update();
    }

    void askLift(EmergencyStop stop, String by, Instant now) {
        jdbc.sql("update emergency_stop set lift_asked_by = :by, lift_asked_at = :now where id = :id")
                .param("id", stop.id())
                .param("by", by)
                .param("now", timestamp(now))
                .update();
    }

    void lift(EmergencyStop stop, String by, Instant now) {
        jdbc.sql("""
                update emergency_stop set lifted_by = :by,
                    lifted_at = greatest(:now, pressed_at + interval '1 microsecond'),
                    revision = nextval('emergency_stop_revision')
                where id = :id
                """).param("id", stop.id()).param("by", by).param("now", timestamp(now)).update();
    }

    /** Marks stops as audited, and returns them in the order in which they were pressed. Others do the same with other stops. */
    List<Pressed> takeUnaudited(int limit) {
        return jdbc.sql("""
                with unaudited as (
                    select id from emergency_stop where not audited order by id limit :limit for update skip locked),
                taken as (
                    update emergency_stop stop set audited = true from unaudited where stop.id = unaudited.id
                    returning stop.*)
                select * from taken order by id
                """)
                .param("limit", limit)
                .query((row, _) -> new Pressed(row.getString("scope"), row.getString("reason"),
                        row.getString("pressed_by"), instant(row, "pressed_at")))
                .list();
    }

    /** A stop as it was pressed, whatever happened to it since. */
    record Pressed(String scope, @Nullable String reason, String by, Instant at) {}

    static EmergencyStop stop(ResultSet row) throws SQLException {
        Instant lifted = nullableInstant(row, "lifted_at");
        String liftedBy = row.getString("lifted_by");
        return new EmergencyStop(row.getLong("id"), row.getString("scope"), lifted == null, row.getString("reason"),
                liftedBy == null ? row.getString("pressed_by") : liftedBy,
                lifted == null ? instant(row, "pressed_at") : lifted,
                lifted == null ? row.getString("lift_asked_by") : null,
                lifted == null ? nullableInstant(row, "lift_asked_at") : null, row.getLong("revision"),
                row.getBoolean("audited"), null, List.of());
    }
}
