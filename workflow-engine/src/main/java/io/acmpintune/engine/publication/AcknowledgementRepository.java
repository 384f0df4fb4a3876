package io.acmpintune.engine.publication;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.runtime.database.Parameters;

/** Writes what ACMP servers have acknowledged, in the table {@code acknowledgement}. */
@Repository
class AcknowledgementRepository {

    private final JdbcClient jdbc;
    private final RecordJson records;

    AcknowledgementRepository(JdbcClient jdbc, RecordJson records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    /** Records that the server has these client records. If it keeps one under another id than ours, it had the client before. */
    void clientsSaved(String workflow, String server, List<OutgoingClient> clients, Instant now) {
        jdbc.sql("""
                insert into acknowledgement as ack (workflow, client_id, acmp_server, acmp_client_id, origin,
                    client_fingerprint, client_record, acknowledged_at)
                select :workflow, row.client, :server, row.id,
                    case when row.id = row.client then 'CREATED' else 'LINKED' end, decode(row.fingerprint, 'hex'),
                    row.record::json, :now
                from unnest(:clients, :ids, :fingerprints, :records) as row (client, id, fingerprint, record)
                on conflict (workflow, client_id, acmp_server) do update set acmp_client_id = excluded.acmp_client_id,
                    origin = case when ack.acmp_client_id = excluded.acmp_client_id
                        then coalesce(ack.origin, excluded.origin) else excluded.origin end,
                    client_fingerprint = excluded.client_fingerprint, client_record = excluded.client_record,
                    acknowledged_at = excluded.acknowledged_at, deleted_at = null, explanation = null
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, OutgoingClient::id))
                .param("ids", Parameters.uuids(clients, OutgoingClient::acmpClientId))
                .param("fingerprints", Parameters.texts(clients, client -> client.fingerprints().client()))
                .param("records", Parameters.texts(clients, client -> records.write(client.clientToSend())))
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Records that the server has these mobile-device records. */
    void mobileDevicesSaved(String workflow, String server, List<OutgoingClient> clients, Instant now) {
        jdbc.sql("""
                update acknowledgement ack set device_fingerprint = decode(row.fingerprint, 'hex'),
                    device_record = row.record::json, acknowledged_at = :now
                from unnest(:clients, :fingerprints, :records) as row (client, fingerprint, record)
                where ack.workflow = :workflow and ack.acmp_server = :server and ack.client_id = row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, OutgoingClient::id))
                .param("fingerprints", Parameters.texts(clients, client -> client.fingerprints().mobileDevice()))
                .param("records", Parameters.texts(clients, client -> records.write(client.mobileDeviceToSend())))
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Records that the server has everything of these clients, and unparks them. */
    void completed(String workflow, String server, List<OutgoingClient> clients) {
        jdbc.sql(
                """
                        update acknowledgement ack set stable_fingerprint = decode(row.fingerprint, 'hex'), removed = row.removed,
                            parked_reason = null, parked_client = null, parked_device = null, parked_code = null,
                            parked_request = null, parked_at = null
                        from unnest(:clients, :fingerprints, :removed) as row (client, fingerprint, removed)
                        where ack.workflow = :workflow and ack.acmp_server = :server and ack.client_id = row.client
                        """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, OutgoingClient::id))
                .param("fingerprints", Parameters.texts(clients, client -> client.fingerprints().stable()))
                .param("removed", clients.stream().map(OutgoingClient::removed).toArray(Boolean[]::new))
                .update();
    }

    /** Records that we deleted these clients in the server. */
    void deleted(String workflow, String server, List<OutgoingClient> clients, Instant now) {
        jdbc.sql("""
                update acknowledgement set deleted_at = :now, client_fingerprint = null, device_fingerprint = null,
                    stable_fingerprint = null, client_record = null, device_record = null, removed = false
                where workflow = :workflow and acmp_server = :server and client_id = any(:clients)
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, OutgoingClient::id))
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Parks these versions of clients. */
    void park(String workflow, String server, List<RejectedVersion> clients, Refusal refusal, Instant now) {
        jdbc.sql(
                """
                        insert into acknowledgement (workflow, client_id, acmp_server, parked_reason, parked_client,
                            parked_device, parked_code, parked_request, parked_at)
                        select :workflow, row.client, :server, :reason, decode(row.fingerprint, 'hex'), decode(row.mobile_fingerprint, 'hex'),
                            :code, :request, :now
                        from unnest(:clients, :fingerprints, :mobileFingerprints) as row (client, fingerprint, mobile_fingerprint)
                        on conflict (workflow, client_id, acmp_server) do update set parked_reason = excluded.parked_reason,
                            parked_client = excluded.parked_client, parked_device = excluded.parked_device,
                            parked_code = excluded.parked_code, parked_request = excluded.parked_request,
                            parked_at = excluded.parked_at
                        """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, RejectedVersion::client))
                .param("fingerprints", Parameters.texts(clients, RejectedVersion::clientFingerprint))
                .param("mobileFingerprints", Parameters.texts(clients, RejectedVersion::mobileFingerprint))
                .param("reason", refusal.reason())
                .param("code", refusal.code(), Types.INTEGER)
                .param("request", refusal.request(), Types.VARCHAR)
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Records that the server has lost this client: if we created it, it is created again, else it is looked up again. */
    void lost(String workflow, String server, UUID client) {
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

    /** Returns which of the clients' ids in ACMP belong to another client, of any workflow. */
    Set<UUID> idsOfOtherClients(String workflow, String server, List<OutgoingClient> clients) {
        return jdbc.sql("""
                select ack.acmp_client_id
                from unnest(:clients, :ids) as row (client, id)
                join acknowledgement ack on ack.acmp_server = :server and ack.acmp_client_id = row.id
                where ack.workflow <> :workflow or ack.client_id <> row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(clients, OutgoingClient::id))
                .param("ids", Parameters.uuids(clients, OutgoingClient::acmpClientId))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }
}
