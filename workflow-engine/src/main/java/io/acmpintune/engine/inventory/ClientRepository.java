package io.acmpintune.engine.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.GraphEnum;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The tables {@code workflow} (its device cursor) and {@code client}. */
@Repository
class ClientRepository {

    private final JdbcClient jdbc;
    private final RecordJson records;

    ClientRepository(JdbcClient jdbc, RecordJson records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    FeedPosition position(String workflow) {
        return jdbc.sql("select mapping, device_feed, device_cursor from workflow where name = :workflow")
                .param("workflow", workflow)
                .query((row, _) -> new FeedPosition(row.getString(1), row.getObject(2, UUID.class), row.getLong(3)))
                .single();
    }

    void moveTo(String workflow, FeedPosition position) {
        jdbc.sql(
                """
                        update workflow set mapping = :mapping, device_feed = :feed, device_cursor = :after where name = :workflow
                        """)
                .param("mapping", position.mapping())
                .param("feed", position.feed())
                .param("after", position.after())
                .param("workflow", workflow)
                .update();
    }

    /** Stores clients, in one statement. */
    void store(String workflow, List<DesiredClient> clients, Instant now) {
        if (clients.isEmpty()) {
            return;
        }
        jdbc.sql(
                """
                        insert into client (workflow, device, created_for, client_id, name, operating_system, client_type, compliance,
                            ownership, last_sync, removed, removed_at, client_record, client_fingerprint, device_record,
                            device_fingerprint, stable_fingerprint, replaced_characters, cut_texts, changed_at, created_at)
                        select :workflow, row.device, row.device, row.client_id, row.name, row.system, row.type, row.compliance,
                            row.ownership, row.synced, row.removed, case when row.removed then :now::timestamptz end,
                            row.client::json, sha256(convert_to(row.client, 'UTF8')),
                            row.mobile::json, sha256(convert_to(row.mobile, 'UTF8')), sha256(convert_to(row.stable, 'UTF8')),
                            row.replaced, row.cut, :now, :now
                        from unnest(:devices, :ids, :names, :systems, :types, :compliances, :ownerships, :synced, :removed,
                                :clients, :mobiles, :stables, :replaced, :cut)
                            as row (device, client_id, name, system, type, compliance, ownership, synced, removed, client, mobile,
                                stable, replaced, cut)
                        on conflict (workflow, client_id) do update set device = excluded.device, name = excluded.name,
                            operating_system = excluded.operating_system, client_type = excluded.client_type,
                            compliance = excluded.compliance, ownership = excluded.ownership, last_sync = excluded.last_sync,
                            removed = excluded.removed,
                            removed_at = case when excluded.removed then coalesce(client.removed_at, excluded.removed_at) end,
                            client_record = excluded.client_record,
                            client_fingerprint = excluded.client_fingerprint, device_record = excluded.device_record,
                            device_fingerprint = excluded.device_fingerprint,
                            stable_fingerprint = excluded.stable_fingerprint,
                            replaced_characters = excluded.replaced_characters, cut_texts = excluded.cut_texts,
                            changed_at = excluded.changed_at
                        """)
                .param("workflow", workflow)
                .param("devices", texts(clients, client -> client.device().value()))
                .param("ids", uuids(clients, DesiredClient::clientId))
                .param("names", texts(clients, client -> client.mapped().client().text("ComputerName")))
                .param("systems", texts(clients, client -> client.source().operatingSystem()))
                .param("types", texts(clients, client -> client.mapped().client().text("ClientType")))
                .param("compliances", texts(clients, client -> member(client.source().complianceState())))
                .param("ownerships", texts(clients, client -> member(client.source().managedDeviceOwnerType())))
                .param("synced", timestamps(clients, client -> client.source().lastSyncDateTime()))
                .param("removed", clients.stream().map(DesiredClient::removed).toArray(Boolean[]::new))
                .param("clients", texts(clients, client -> records.write(client.mapped().client())))
                .param("mobiles", texts(clients, client -> records.write(client.mapped().mobileDevice())))
                .param("stables", texts(clients, client -> records.write(new IcqlRecord(client.mapped().stable()))))
                .param("replaced",
                        clients.stream().map(client -> client.mapped().replacedCharacters()).toArray(Integer[]::new))
                .param("cut", clients.stream().map(client -> client.mapped().cutTexts()).toArray(Integer[]::new))
                .param("now", timestamp(now))
                .update();
    }

    /** Returns the last device of each client. */
    Map<UUID, DeviceId> lastDevices(String workflow, Collection<UUID> clients) {
        Map<UUID, DeviceId> devices = new HashMap<>();
        if (!clients.isEmpty()) {
            jdbc.sql("select client_id, device from client where workflow = :workflow and client_id = any(:clients)")
                    .param("workflow", workflow)
                    .param("clients", clients.toArray(UUID[]::new))
                    .query(row -> {
                        devices.put(row.getObject(1, UUID.class), new DeviceId(row.getString(2)));
                    });
        }
        return devices;
    }

    boolean exists(String workflow, UUID client) {
        return jdbc.sql("select exists (select 1 from client where workflow = :workflow and client_id = :client)")
                .param("workflow", workflow)
                .param("client", client)
                .query(Boolean.class)
                .single();
    }

    private static @Nullable String member(@Nullable GraphEnum member) {
        return member == null ? null : member.value();
    }
}
