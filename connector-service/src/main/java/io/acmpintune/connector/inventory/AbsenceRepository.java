package io.acmpintune.connector.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Columns.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * Owns the table {@code removal_hold}, and marks devices as suspected or removed in the table {@code device}. Updates of devices lock
 * the connector's row first, which avoids deadlocks between lanes.
 */
@Repository
class AbsenceRepository {

    private final JdbcClient jdbc;

    AbsenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Set<DeviceId> suspects(String connector) {
        return new HashSet<>(jdbc.sql("""
                select id from device
                where connector = :connector and suspect_since is not null and removed_at is null
                """).param("connector", connector).query((row, _) -> new DeviceId(row.getString(1))).list());
    }

    void suspect(String connector, Collection<DeviceId> devices, Instant now) {
        if (!devices.isEmpty()) {
            jdbc.sql("""
                    with counter as (select name from connector where name = :connector for update)
                    update device set suspect_since = :now from counter
                    where device.connector = counter.name and device.id = any(:ids)
                    """)
                    .param("now", timestamp(now))
                    .param("connector", connector)
                    .param("ids", ids(devices))
                    .update();
        }
    }

    void clear(String connector, Collection<DeviceId> devices) {
        if (!devices.isEmpty()) {
            jdbc.sql("""
                    with counter as (select name from connector where name = :connector for update)
                    update device set suspect_since = null from counter
                    where device.connector = counter.name and device.id = any(:ids)
                    """)
                    .param("connector", connector)
                    .param("ids", ids(devices))
                    .update();
        }
    }

    /** Removes devices, each with its own revision, so that the feed reports the removal. */
    void remove(String connector, Collection<DeviceId> devices, Instant now) {
        if (devices.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with counter as (
                    update connector set device_revision = device_revision + :count where name = :connector
                    returning device_revision - :count as before)
                update device set removed_at = :now, changed_at = :now, suspect_since = null,
                    revision = counter.before + row.position
                from counter, unnest(:ids) with ordinality as row (id, position)
                where device.connector = :connector and device.id = row.id
                """)
                .param("count", devices.size())
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("ids", ids(devices))
                .update();
    }

    void hold(String connector, long scan, Collection<DeviceId> devices, int known, Instant now) {
        jdbc.sql("""
                insert into removal_hold (connector, scan, devices, known, state, since)
                values (:connector, :scan, :devices, :known, 'HELD', :now)
                """)
                .param("connector", connector)
                .param("scan", scan)
                .param("devices", ids(devices))
                .param("known", known)
                .param("now", timestamp(now))
                .update();
    }

    /** Deletes undecided holds; each full scan decides again which removals to hold. */
    void withdrawHolds(String connector) {
        jdbc.sql("delete from removal_hold where connector = :connector and state = 'HELD'")
                .param("connector", connector)
                .update();
    }

    /** Returns the devices whose removal an operator has released. */
    Set<DeviceId> released(String connector) {
        Set<DeviceId> released = new HashSet<>();
        holds(connector).stream()
                .filter(hold -> hold.state() == RemovalHold.State.RELEASED)
                .forEach(hold -> released.addAll(hold.devices()));
        return released;
    }

    /** Marks released holds as used, so that they do not release later removals of the same devices. */
    void useReleases(String connector) {
        jdbc.sql("update removal_hold set state = 'USED' where connector = :connector and state = 'RELEASED'")
                .param("connector", connector)
                .update();
    }

    List<RemovalHold> holds(String connector) {
        return jdbc.sql("select * from removal_hold where connector = :connector order by id desc limit 100")
                .param("connector", connector)
                .query((row, _) -> hold(row))
                .list();
    }

    /**
     * Decides a hold.
     *
     * @return empty if there is no undecided hold with this id
     */
    Optional<RemovalHold> decide(String connector, long id, RemovalHold.State state, String by, Instant now) {
        return jdbc.sql("""
                update removal_hold set state = :state, decided_by = :by, decided_at = :now
                where connector = :connector and id = :id and state = 'HELD'
                returning *
                """)
                .param("state", state.name())
                .param("by", by)
                .param("now", timestamp(now))
                .param("connector", connector)
                .param("id", id)
                .query((row, _) -> hold(row))
                .optional();
    }

    private static RemovalHold hold(ResultSet row) throws SQLException {
        return new RemovalHold(row.getLong("id"), RemovalHold.State.valueOf(row.getString("state")),
                instant(row, "since"), row.getInt("known"),
                texts(row, "devices").stream().map(DeviceId::new).toList(),
                row.getString("decided_by"), nullableInstant(row, "decided_at"));
    }

    private static String[] ids(Collection<DeviceId> devices) {
        return devices.stream().map(DeviceId::value).sorted().toArray(String[]::new);
    }
}
