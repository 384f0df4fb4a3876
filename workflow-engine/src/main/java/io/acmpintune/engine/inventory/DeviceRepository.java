package io.acmpintune.engine.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The tables {@code device} and {@code client_history}. */
@Repository
class DeviceRepository {

    /** Behind an even number of backslashes, which are characters of the text. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DeviceRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Locks matching in the workflow until the end of the transaction. Foreign keys to the workflow are not blocked.
     */
    void lockForMatching(String workflow) {
        jdbc.sql("select name from workflow where name = :workflow for no key update")
                .param("workflow", workflow)
                .query(String.class)
                .single();
    }

    Optional<KnownDevice> find(String workflow, DeviceId device) {
        return jdbc.sql("select " + DeviceRow.COLUMNS + """
                 from device where workflow = :workflow and device = :device
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> DeviceRow.read(row))
                .optional();
    }

    /** Returns the devices as they were last reported. */
    Map<DeviceId, ReportedDevice> sources(String workflow, Collection<DeviceId> devices) {
        Map<DeviceId, ReportedDevice> sources = new HashMap<>();
        if (!devices.isEmpty()) {
            jdbc.sql("""
                    select device, source, details from device where workflow = :workflow and device = any(:devices)
                    """)
                    .param("workflow", workflow)
                    .param("devices", texts(devices, DeviceId::value))
                    .query(row -> {
                        String details = row.getString(3);
                        sources.put(new DeviceId(row.getString(1)),
                                new ReportedDevice(json.readValue(row.getString(2), Device.class),
                                        details == null ? null : json.readValue(details, DeviceDetails.class)));
                    });
        }
        return sources;
    }

    /** Unlinks devices from their clients first, since a client never has two devices, not even within a statement. */
    void release(String workflow, Collection<DeviceId> devices, Instant now) {
        if (devices.isEmpty()) {
            return;
        }
        @Nullable
        String[] ids = texts(devices, DeviceId::value);
        jdbc.sql("""
                update client_history set until = :now
                where workflow = :workflow and device = any(:devices) and until is null
                """)
                .param("now", timestamp(now))
                .param("workflow", workflow)
                .param("devices", ids)
                .update();
        jdbc.sql("""
                update device set client_id = null, match_state = 'CONFLICT', since = :now
                where workflow = :workflow and device = any(:devices)
                """)
                .param("now", timestamp(now))
                .param("workflow", workflow)
                .param("devices", ids)
                .update();
    }

    /** A reported device and its match. */
    record MatchedDevice(KnownDevice known, ReportedDevice source) {}

    /** Stores reported devices, in one statement. */
    void store(String workflow, List<MatchedDevice> devices, Instant now) {
        List<KnownDevice> known = devices.stream().map(MatchedDevice::known).toList();
        jdbc.sql(
                """
                        insert into device (workflow, device, tenant, match_state, client_id, rule, explanation, candidates, since,
                            entra_id, serial_key, name_key, kind_key, enrolled_at, last_sync, removed_at, serial_number, user_name,
                            source, details)
                        select :workflow, row.device, row.tenant, row.match_state, row.client, row.rule, row.explanation,
                            row.candidates::uuid[], :now, row.entra, row.serial, row.name, row.kind, row.enrolled, row.synced,
                            row.removed, row.serial_number, row.user_name, row.source::json, row.details::json
                        from unnest(:devices, :tenants, :standings, :clients, :rules, :explanations, :candidates, :entras,
                                :serials, :names, :kinds, :enrolled, :synced, :removed, :numbers, :users, :sources,
                                :details)
                            as row (device, tenant, match_state, client, rule, explanation, candidates, entra, serial, name, kind,
                                enrolled, synced, removed, serial_number, user_name, source, details)
                        on conflict (workflow, device) do update set tenant = excluded.tenant, match_state = excluded.match_state,
                            client_id = excluded.client_id, rule = excluded.rule, explanation = excluded.explanation,
                            candidates = excluded.candidates, entra_id = excluded.entra_id, serial_key = excluded.serial_key,
                            name_key = excluded.name_key, kind_key = excluded.kind_key, enrolled_at = excluded.enrolled_at,
                            last_sync = excluded.last_sync, removed_at = excluded.removed_at,
                            serial_number = excluded.serial_number, user_name = excluded.user_name, source = excluded.source,
                            details = excluded.details,
                            since = case when device.match_state = excluded.match_state
                                    and device.client_id is not distinct from excluded.client_id
                                then device.since else excluded.since end
                        """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .params(decisions(known))
                .param("tenants", uuids(known, device -> device.identity().tenant()))
                .param("entras", uuids(known, device -> device.identity().entraId()))
                .param("serials", texts(known, device -> {
                    var serial = device.identity().serial();
                    return serial == null ? null : serial.key();
                }))
                .param("names", texts(known, device -> device.identity().nameKey()))
                .param("kinds", texts(known, device -> device.identity().kindKey()))
                .param("enrolled", timestamps(known, device -> device.identity().enrolledAt()))
                .param("synced", timestamps(known, device -> device.identity().lastSync()))
                .param("numbers", texts(devices, device -> device.source().device().serialNumber()))
                .param("users", texts(devices, device -> device.source().device().userPrincipalName()))
                .param("sources", texts(devices, device -> readable(json.writeValueAsString(device.source().device()))))
                .param("details", texts(devices, device -> {
                    var details = device.source().details();
                    return details == null ? null : readable(json.writeValueAsString(details));
                }))
                .update();
    }

    /** PostgreSQL stores an escaped NUL in JSON but reads no property of such a text any more. */
    private static String readable(String json) {
        return ESCAPED_NUL.matcher(json).replaceAll("$1\\\\ufffd");
    }

    /** Stores new matches of devices that were not reported again. */
    void storeDecisions(String workflow, List<KnownDevice> devices, Instant now) {
        if (devices.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update device set match_state = row.match_state, client_id = row.client, rule = row.rule,
                    explanation = row.explanation, candidates = row.candidates::uuid[], removed_at = row.removed,
                    since = case when device.match_state = row.match_state
                            and device.client_id is not distinct from row.client
                        then device.since else :now end
                from unnest(:devices, :standings, :clients, :rules, :explanations, :candidates, :removed)
                    as row (device, match_state, client, rule, explanation, candidates, removed)
                where device.workflow = :workflow and device.device = row.device
                """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .params(decisions(devices))
                .update();
    }

    /** Records the beginning of links in the history. */
    void beginLinks(String workflow, List<KnownDevice> linked, Instant now) {
        if (linked.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into client_history (workflow, client_id, device, since, rule, explanation)
                select :workflow, row.client, row.device, :now, row.rule, row.explanation
                from unnest(:devices, :clients, :rules, :explanations) as row (device, client, rule, explanation)
                on conflict (workflow, client_id, device, since) do update set until = null, rule = excluded.rule,
                    explanation = excluded.explanation
                """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .params(decisions(linked))
                .update();
    }

    private static Map<String, Object> decisions(List<KnownDevice> devices) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("devices", texts(devices, device -> device.device().value()));
        columns.put("standings", texts(devices, device -> device.state().name()));
        columns.put("clients", uuids(devices, KnownDevice::client));
        columns.put("rules", texts(devices, device -> {
            var rule = device.rule();
            return rule == null ? null : rule.name();
        }));
        columns.put("explanations", texts(devices, KnownDevice::explanation));
        // an array of arrays of different lengths is none in SQL
        columns.put("candidates", texts(devices, device -> device.candidates()
                .stream()
                .map(UUID::toString)
                .collect(Collectors.joining(",", "{", "}"))));
        columns.put("removed", timestamps(devices, KnownDevice::removedAt));
        return columns;
    }
}
