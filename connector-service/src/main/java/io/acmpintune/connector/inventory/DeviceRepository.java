package io.acmpintune.connector.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.model.QuarantinedDevice;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the tables {@code device} and {@code quarantine}, and the device revision of {@code connector}. */
@Repository
class DeviceRepository {

    /** Entries of a PostgreSQL index are limited to 2,704 bytes. */
    private static final int MAX_KEY_LENGTH = 500;

    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DeviceRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The feed's identity and its newest revision. */
    record Feed(UUID id, long revision) {}

    Feed feed(String connector) {
        return jdbc.sql("select feed, device_revision from connector where name = :connector")
                .param("connector", connector)
                .query((row, _) -> new Feed(row.getObject(1, UUID.class), row.getLong(2)))
                .single();
    }

    int count(String connector) {
        return jdbc.sql("select count(*) from device where connector = :connector and removed_at is null")
                .param("connector", connector)
                .query(Integer.class)
                .single();
    }

    Optional<Device> find(String connector, DeviceId device) {
        return jdbc.sql("select body from device where connector = :connector and id = :id and removed_at is null")
                .param("connector", connector)
                .param("id", device.value())
                .query((row, _) -> json.readValue(row.getString(1), Device.class))
                .optional();
    }

    /** Returns the fingerprints of all devices that are still in Intune. */
    Map<DeviceId, Fingerprint> fingerprints(String connector) {
        Map<DeviceId, Fingerprint> known = new HashMap<>();
        // in batches: outside a transaction the driver would load the whole result, whatever its fetch size
        Optional<String> last = Optional.of("");
        while (last.isPresent()) {
            last = fingerprints(connector, last.get(), known);
        }
        return known;
    }

    /** Adds a batch; returns its last id, or empty if there were no more devices. */
    private Optional<String> fingerprints(String connector, String after, Map<DeviceId, Fingerprint> known) {
        return jdbc.sql("""
                select id, fingerprint from device
                where connector = :connector and removed_at is null and id > :after
                order by id limit :limit
                """)
                .param("connector", connector)
                .param("after", after)
                .param("limit", BATCH)
                .query(rows -> {
                    Optional<String> last = Optional.empty();
                    while (rows.next()) {
                        String id = rows.getString(1);
                        known.put(new DeviceId(id), Fingerprint.stored(rows.getBytes(2)));
                        last = Optional.of(id);
                    }
                    return last;
                });
    }

    /** Writes devices in one statement, each with its own revision. */
    void write(String connector, List<ObservedDevice> devices, Instant now) {
        if (devices.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with counter as (
                    update connector set device_revision = device_revision + :count where name = :connector
                    returning device_revision - :count as before)
                insert into device (connector, id, fingerprint, body, revision, changed_at, details_basis,
                    details_due_at)
                select :connector, row.id, row.fingerprint, row.body::json, counter.before + row.position, :now,
                    row.basis, :now
                from counter, unnest(:ids, :fingerprints, :bodies, :bases) with ordinality
                    as row (id, fingerprint, body, basis, position)
                on conflict (connector, id) do update set fingerprint = excluded.fingerprint, body = excluded.body,
                    revision = excluded.revision, changed_at = excluded.changed_at, removed_at = null,
                    suspect_since = null, details_basis = excluded.details_basis,
                    details_due_at = case
                        when device.removed_at is not null
                            or device.details_basis is distinct from excluded.details_basis
                        then excluded.details_due_at else device.details_due_at end
                """)
                .param("connector", connector)
                .param("count", devices.size())
                .param("ids", texts(devices, device -> device.id().value()))
                .param("fingerprints",
                        devices.stream().map(device -> device.fingerprint().digest()).toArray(byte[][]::new))
                .param("bodies", texts(devices, ObservedDevice::body))
                .param("bases",
                        devices.stream().map(device -> device.detailsBasis().digest()).toArray(byte[][]::new))
                .param("now", timestamp(now))
                .update();
    }

    /** Stores rows that cannot be parsed; a row that was stored before keeps its first date. */
    void quarantine(String connector, List<DeviceRow.Malformed> rows, Instant now) {
        for (DeviceRow.Malformed row : rows) {
            jdbc.sql("""
                    insert into quarantine (connector, device, reason, raw, since, last_seen)
                    values (:connector, coalesce(:id, 'row ' || md5(:raw)), :reason, :raw, :now, :now)
                    on conflict (connector, device) do update set reason = excluded.reason, raw = excluded.raw,
                        last_seen = excluded.last_seen
                    """)
                    .param("connector", connector)
                    .param("id", key(row), Types.VARCHAR)
                    .param("reason", storable(row.reason()))
                    .param("raw", storable(row.raw()))
                    .param("now", timestamp(now))
                    .update();
        }
    }

    /** Returns null if the row has no id, or one too long for the index; the row is then identified by its content. */
    private static @Nullable String key(DeviceRow.Malformed row) {
        String id = row.id();
        return id == null || id.length() > MAX_KEY_LENGTH ? null : storable(id);
    }

    /** PostgreSQL's text cannot contain NUL. */
    private static String storable(String text) {
        return text.replace("\0", "\\u0000");
    }

    /** Returns the keys of the rows in quarantine. */
    Set<String> quarantined(String connector) {
        return new HashSet<>(jdbc.sql("select device from quarantine where connector = :connector")
                .param("connector", connector)
                .query(String.class)
                .list());
    }

    /** Deletes rows that have become valid. */
    void releaseQuarantined(String connector, Collection<String> keys) {
        if (!keys.isEmpty()) {
            jdbc.sql("delete from quarantine where connector = :connector and device = any(:keys)")
                    .param("connector", connector)
                    .param("keys", keys.toArray(String[]::new))
                    .update();
        }
    }

    /** Deletes rows that a full scan, started at {@code began}, did not list as malformed again. */
    void releaseUnlisted(String connector, Instant began) {
        jdbc.sql("delete from quarantine where connector = :connector and last_seen < :began")
                .param("connector", connector)
                .param("began", timestamp(began))
                .update();
    }

    List<QuarantinedDevice> quarantine(String connector, int limit) {
        return jdbc.sql("""
                select * from quarantine where connector = :connector order by since desc, device limit :limit
                """)
                .param("connector", connector)
                .param("limit", limit)
                .query((row, _) -> new QuarantinedDevice(row.getString("device"), row.getString("reason"),
                        row.getString("raw"), instant(row, "since"),
                        instant(row, "last_seen")))
                .list();
    }

    List<DeviceChange> changes(String connector, long after, int limit) {
        return jdbc.sql("""
                select id, revision, body, details, removed_at is not null as removed from device
                where connector = :connector and revision > :after
                order by revision limit :limit
                """)
                .param("connector", connector)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> change(row))
                .list();
    }

    private DeviceChange change(ResultSet row) throws SQLException {
        long revision = row.getLong("revision");
        if (row.getBoolean("removed")) {
            return new DeviceChange.Removed(revision, new DeviceId(row.getString("id")));
        }
        String details = row.getString("details");
        return new DeviceChange.Present(revision, json.readValue(row.getString("body"), Device.class),
                details == null ? null : json.readValue(details, DeviceDetails.class));
    }
}
