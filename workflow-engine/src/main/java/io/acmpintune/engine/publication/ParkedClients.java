package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.database.Columns;

/** Lists the clients that ACMP servers have refused in their current version, and sends them again on request. */
@Component
public class ParkedClients {

    private static final Logger log = LoggerFactory.getLogger(ParkedClients.class);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PublishLanes lanes;
    private final Audit audit;

    ParkedClients(JdbcClient jdbc, TransactionOperations transactions, PublishLanes lanes, Audit audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lanes = lanes;
        this.audit = audit;
    }

    /**
     * A parked client.
     *
     * @param code ACMP's result code; null = ACMP did not refuse it, we did
     * @param request the request with this one record as ACMP refused it, with personal data; null = not kept
     */
    public record ParkedClient(String server, UUID clientId, @Nullable String name, @Nullable String device,
            @Nullable Integer code, String reason, @Nullable Instant since, @Nullable String request) {}

    /** Last row of a page; rows are in the order of client ids and servers. */
    public record Position(UUID clientId, String server) {}

    /**
     * Returns parked clients. A client that has changed since is not parked any more, whatever its row says.
     *
     * @param reason text that the reason must contain, in any case; null = any
     * @param after only clients after this position; null = from the first
     */
    public List<ParkedClient> page(Workflow workflow, @Nullable String reason, @Nullable Position after, int limit) {
        return jdbc.sql("""
                select ack.*, client.name, client.device
                from acknowledgement ack join client on client.workflow = ack.workflow
                    and client.client_id = ack.client_id
                where ack.workflow = :workflow and ack.parked_reason is not null
                    and ack.parked_client = client.client_fingerprint
                    and ack.parked_device = client.device_fingerprint
                    and (:reason::text is null or position(lower(:reason) in lower(ack.parked_reason)) > 0)
                    and (:client::uuid is null or (ack.client_id, ack.acmp_server) > (:client::uuid, :server))
                order by ack.client_id, ack.acmp_server limit :limit
                """)
                .param("workflow", workflow.name())
                .param("reason", reason, Types.VARCHAR)
                .param("client", after == null ? null : after.clientId(), Types.OTHER)
                .param("server", after == null ? "" : after.server())
                .param("limit", limit)
                .query((row, _) -> parked(row))
                .list();
    }

    /**
     * Sends parked clients again.
     *
     * @param clients only these; null = all
     * @param code only those refused with this result code; null = any
     * @return how many are sent again
     */
    public int retry(Workflow workflow, @Nullable List<UUID> clients, @Nullable Integer code, Requester requester) {
        int retried = transactions.execute(_ -> {
            int count = jdbc.sql("""
                    update acknowledgement set parked_reason = null, parked_client = null, parked_device = null,
                        parked_code = null, parked_request = null, parked_at = null
                    where workflow = :workflow and parked_reason is not null
                        and (:clients::uuid[] is null or client_id = any(:clients::uuid[]))
                        and (:code::integer is null or parked_code = :code)
                    """)
                    .param("workflow", workflow.name())
                    .param("clients", clients == null ? null : clients.toArray(UUID[]::new), Types.ARRAY)
                    .param("code", code, Types.INTEGER)
                    .update();
            lanes.recordRequest(workflow, workflow.servers().stream().map(AcmpServer::id).toList());
            audit.record(AuditEvent.of(AuditEventType.PARKED_RETRIED, requester)
                    .in(workflow.name())
                    .to(AuditTarget.Kind.WORKFLOW, workflow.name())
                    .changing(null, AuditValues.none().with("clients", count)));
            return count;
        });
        log.info("Sending {} parked clients again (workflow={}, by={})", retried, workflow, requester.actor());
        lanes.wake(workflow);
        return retried;
    }

    private static ParkedClient parked(ResultSet row) throws SQLException {
        Integer code = row.getObject("parked_code", Integer.class);
        return new ParkedClient(row.getString("acmp_server"), row.getObject("client_id", UUID.class),
                row.getString("name"), row.getString("device"), code,
                row.getString("parked_reason"), Columns.nullableInstant(row, "parked_at"),
                row.getString("parked_request"));
    }
}
