package io.acmpintune.engine.publication;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.inventory.RecordJson;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The table {@code acknowledgement} as the publish lane writes it: what an ACMP server said that it has. */
@Repository
class AcknowledgementRepository {

    private final JdbcClient jdbc;
    private final RecordJson records;

    AcknowledgementRepository(JdbcClient jdbc, RecordJson records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    /** The server has these client records, under these ids; under another id than ours it had the client before. */
    void clientsAcknowledged(String workflow, String server, List<Outgoing> clients, Instant now) {
        jdbc.sql("""
                insert into acknowledgement as ack (workflow, client_id, acmp_server, acmp_client_id, origin,
                    client_fingerprint, client_record, acknowledged_at)
                select :workflow, row.client, :server, row.id,
                    case when row.id = row.client then 'CREATED' else 'LINKED' end, decode(row.print, 'hex'),
                    row.record::json, :now
                from unnest(:clients, :ids, :prints, :records) as row (client, id, print, record)
                on conflict (workflow, client_id, acmp_server) do update set acmp_client_id = excluded.acmp_client_id,
                    origin = case when ack.acmp_client_id = excluded.acmp_client_id
                        then coalesce(ack.origin, excluded.origin) else excluded.origin end,
                    client_fingerprint = excluded.client_fingerprint, client_record = excluded.client_record,
                    acknowledged_at = excluded.acknowledged_at, deleted_at = null, explanation = null
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, Outgoing::id))
                .param("ids", uuids(clients, Outgoing::acmpClientId))
                .param("prints", texts(clients, client -> client.prints().client()))
                .param("records", texts(clients, client -> records.write(client.clientToSend())))
                .param("now", timestamp(now))
                .update();
    }

    /** The server has these mobile-device records. */
    void mobileDevicesAcknowledged(String workflow, String server, List<Outgoing> clients, Instant now) {
        jdbc.sql("""
                update acknowledgement ack set device_fingerprint = decode(row.print, 'hex'),
                    device_record = row.record::json, acknowledged_at = :now
                from unnest(:clients, :prints, :records) as row (client, print, record)
                where ack.workflow = :workflow and ack.acmp_server = :server and ack.client_id = row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, Outgoing::id))
                .param("prints", texts(clients, client -> client.prints().mobileDevice()))
                .param("records", texts(clients, client -> records.write(client.mobileDeviceToSend())))
                .param("now", timestamp(now))
                .update();
    }

    /** The server has all of these clients now. */
    void settled(String workflow, String server, List<Outgoing> clients) {
        jdbc.sql("""
                update acknowledgement ack set stable_fingerprint = decode(row.print, 'hex'), removed = row.removed,
                    parked_reason = null, parked_client = null, parked_device = null, parked_code = null,
                    parked_request = null, parked_at = null
                from unnest(:clients, :prints, :removed) as row (client, print, removed)
                where ack.workflow = :workflow and ack.acmp_server = :server and ack.client_id = row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, Outgoing::id))
                .param("prints", texts(clients, client -> client.prints().stable()))
                .param("removed", clients.stream().map(client -> client.removed()).toArray(Boolean[]::new))
                .update();
    }

    /** The server has these clients no longer, because we deleted them. */
    void deleted(String workflow, String server, List<Outgoing> clients, Instant now) {
        jdbc.sql("""
                update acknowledgement set deleted_at = :now, client_fingerprint = null, device_fingerprint = null,
                    stable_fingerprint = null, client_record = null, device_record = null, removed = false
                where workflow = :workflow and acmp_server = :server and client_id = any(:clients)
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, Outgoing::id))
                .param("now", timestamp(now))
                .update();
    }

    /** These clients wait until they change, with the reason. */
    void park(String workflow, String server, List<AsItIs> clients, Refusal refusal, Instant now) {
        jdbc.sql("""
                insert into acknowledgement (workflow, client_id, acmp_server, parked_reason, parked_client,
                    parked_device, parked_code, parked_request, parked_at)
                select :workflow, row.client, :server, :reason, decode(row.print, 'hex'), decode(row.mobile, 'hex'),
                    :code, :request, :now
                from unnest(:clients, :prints, :mobiles) as row (client, print, mobile)
                on conflict (workflow, client_id, acmp_server) do update set parked_reason = excluded.parked_reason,
                    parked_client = excluded.parked_client, parked_device = excluded.parked_device,
                    parked_code = excluded.parked_code, parked_request = excluded.parked_request,
                    parked_at = excluded.parked_at
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, AsItIs::client))
                .param("prints", texts(clients, AsItIs::clientPrint))
                .param("mobiles", texts(clients, AsItIs::mobilePrint))
                .param("reason", refusal.reason())
                .param("code", refusal.code(), Types.INTEGER)
                .param("request", refusal.request(), Types.VARCHAR)
                .param("now", timestamp(now))
                .update();
    }

    /** The server has lost this client. What we created is created again, what it had before is looked up again. */
    void forget(String workflow, String server, UUID client) {
        jdbc.sql("""
                update acknowledgement set client_fingerprint = null, device_fingerprint = null,
                    stable_fingerprint = null, client_record = null, device_record = null, removed = false,
                    looked_up_at = case when origin = 'LINKED' then null else looked_up_at end,
                    acmp_client_id = case when origin = 'LINKED' then null else acmp_client_id end,
                    origin = case when origin = 'LINKED' then null else origin end
                where workflow = :workflow and acmp_server = :server and client_id = :id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("id", client)
                .update();
    }

    /** Those of these ids under which the server keeps other clients, of whatever workflow. */
    Set<UUID> othersAmong(String workflow, String server, Collection<Outgoing> clients) {
        return jdbc.sql("""
                select ack.acmp_client_id
                from unnest(:clients, :ids) as row (client, id)
                join acknowledgement ack on ack.acmp_server = :server and ack.acmp_client_id = row.id
                where ack.workflow <> :workflow or ack.client_id <> row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", uuids(clients, Outgoing::id))
                .param("ids", uuids(clients, Outgoing::acmpClientId))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }
}
