package io.acmpintune.engine.publication;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.inventory.Records;

/** The tables {@code acknowledgement} and {@code publication}: what each ACMP server knows, and how it fares. */
@Repository
class AcknowledgementRepository {

    private final JdbcClient jdbc;
    private final Records records;

    AcknowledgementRepository(JdbcClient jdbc, Records records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    /**
     * Clients whose desired state the server has not acknowledged, but for those that it refused as they are. Every client is
     * looked at, by the two indexes of prints: some ten milliseconds for 50,000.
     */
    List<Unacknowledged> open(String workflow, String server, int limit) {
        return jdbc.sql("""
                with open as materialized (
                    select client.client_id
                    from client left join acknowledgement ack on ack.workflow = client.workflow
                        and ack.client_id = client.client_id and ack.acmp_server = :server
                    where client.workflow = :workflow
                        and (ack.client_fingerprint is distinct from client.client_fingerprint
                            or ack.device_fingerprint is distinct from client.device_fingerprint)
                        and (ack.parked_client is distinct from client.client_fingerprint
                            or ack.parked_device is distinct from client.device_fingerprint)
                    order by client.client_id limit :limit)
                select client.client_id, coalesce(ack.acmp_client_id, client.client_id) as acmp_client_id,
                    ack.client_fingerprint is distinct from client.client_fingerprint as client_open,
                    ack.device_fingerprint is distinct from client.device_fingerprint as mobile_open,
                    client.client_record, encode(client.client_fingerprint, 'hex') as client_print,
                    client.device_record, encode(client.device_fingerprint, 'hex') as mobile_print
                from open join client on client.workflow = :workflow and client.client_id = open.client_id
                left join acknowledgement ack
                    on ack.workflow = :workflow and ack.client_id = open.client_id and ack.acmp_server = :server
                order by client.client_id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("limit", limit)
                .query((row, _) -> new Unacknowledged(row.getObject("client_id", UUID.class),
                        row.getObject("acmp_client_id", UUID.class), row.getBoolean("client_open"),
                        row.getBoolean("mobile_open"), records.read(row.getString("client_record")),
                        new Unacknowledged.Print(row.getString("client_print")),
                        records.read(row.getString("device_record")),
                        new Unacknowledged.Print(row.getString("mobile_print"))))
                .list();
    }

    /** Up to where the puller has stored what clients should be; the same answer = it has stored nothing since. */
    String storedUpTo(String workflow) {
        return jdbc
                .sql("""
                        select concat_ws(' ', mapping, device_feed, device_cursor, decisions) from workflow
                        where name = :workflow
                        """)
                .param("workflow", workflow)
                .query(String.class)
                .single();
    }

    /** The server has these client records, under these ids. */
    void clientsAcknowledged(String workflow, String server, List<Unacknowledged> clients, Instant now) {
        jdbc.sql("""
                insert into acknowledgement (workflow, client_id, acmp_server, acmp_client_id, client_fingerprint,
                    acknowledged_at)
                select :workflow, row.client, :server, row.id, decode(row.print, 'hex'), :now
                from unnest(:clients, :ids, :prints) as row (client, id, print)
                on conflict (workflow, client_id, acmp_server) do update set acmp_client_id = excluded.acmp_client_id,
                    client_fingerprint = excluded.client_fingerprint, acknowledged_at = excluded.acknowledged_at,
                    parked_reason = null, parked_client = null, parked_device = null
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", ids(clients))
                .param("ids", clients.stream().map(Unacknowledged::acmpClientId).toArray(UUID[]::new))
                .param("prints", clients.stream().map(client -> client.clientPrint().hex()).toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** The server has these mobile-device records. */
    void mobileDevicesAcknowledged(String workflow, String server, List<Unacknowledged> clients, Instant now) {
        jdbc.sql("""
                update acknowledgement ack set device_fingerprint = decode(row.print, 'hex'), acknowledged_at = :now,
                    parked_reason = null, parked_client = null, parked_device = null
                from unnest(:clients, :prints) as row (client, print)
                where ack.workflow = :workflow and ack.acmp_server = :server and ack.client_id = row.client
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", ids(clients))
                .param("prints", clients.stream().map(client -> client.mobilePrint().hex()).toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** The server refuses this client as it is: it waits until it changes, with the reason. */
    void park(String workflow, String server, Unacknowledged client, String reason) {
        jdbc.sql("""
                insert into acknowledgement (workflow, client_id, acmp_server, parked_reason, parked_client,
                    parked_device)
                values (:workflow, :id, :server, :reason, decode(:client, 'hex'), decode(:mobile, 'hex'))
                on conflict (workflow, client_id, acmp_server) do update set parked_reason = excluded.parked_reason,
                    parked_client = excluded.parked_client, parked_device = excluded.parked_device
                """)
                .param("workflow", workflow)
                .param("id", client.clientId())
                .param("server", server)
                .param("reason", reason)
                .param("client", client.clientPrint().hex())
                .param("mobile", client.mobilePrint().hex())
                .update();
    }

    /** The server has lost this client: it is to be saved again. */
    void forget(String workflow, String server, Unacknowledged client) {
        jdbc.sql("""
                update acknowledgement set client_fingerprint = null, device_fingerprint = null
                where workflow = :workflow and acmp_server = :server and client_id = :id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("id", client.clientId())
                .update();
    }

    /** Notes how the server fares; a problem keeps its first date. */
    void fares(String workflow, String server, @Nullable String problem, Instant now) {
        jdbc.sql("""
                insert into publication (workflow, acmp_server, last_success, problem, problem_since)
                values (:workflow, :server, case when :problem::text is null then :now::timestamptz end, :problem,
                    case when :problem::text is not null then :now::timestamptz end)
                on conflict (workflow, acmp_server) do update set
                    last_success = coalesce(excluded.last_success, publication.last_success),
                    problem_since = case when excluded.problem is null then null
                        else coalesce(publication.problem_since, excluded.problem_since) end,
                    problem = excluded.problem
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("problem", problem, Types.VARCHAR)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static UUID[] ids(List<Unacknowledged> clients) {
        return clients.stream().map(Unacknowledged::clientId).toArray(UUID[]::new);
    }
}
