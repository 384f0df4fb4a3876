package io.acmpintune.engine.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What may be read of the clients. */
@Component
public class Clients {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    Clients(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A client in a list.
     *
     * @param acknowledged ACMP servers that know all of it as it is now
     * @param parked why servers refuse it as it is; null = none does
     */
    public record Client(UUID clientId, String device, @Nullable String name, @Nullable String operatingSystem,
            @Nullable String clientType, @Nullable String compliance, @Nullable String owner,
            @Nullable Instant lastSync,
            boolean removed, List<String> acknowledged, @Nullable String parked) {
        public Client {
            acknowledged = List.copyOf(acknowledged);
        }
    }

    /**
     * How an ACMP server fares with a workflow's clients.
     *
     * @param clients clients that the workflow has
     * @param acknowledged those of which the server knows all
     * @param parked those that it refuses as they are
     * @param problem why it cannot be told anything now
     */
    public record Publication(String server, int clients, int acknowledged, int parked, @Nullable Instant lastSuccess,
            @Nullable String problem, @Nullable Instant problemSince) {}

    /** Clients in the order of their ids, behind the given one. */
    public List<Client> page(String workflow, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select client.*, acks.acknowledged, acks.parked
                from client left join lateral (
                    select array_agg(ack.acmp_server order by ack.acmp_server) filter (
                            where ack.client_fingerprint = client.client_fingerprint
                                and ack.device_fingerprint = client.device_fingerprint) as acknowledged,
                        string_agg(ack.acmp_server || ': ' || ack.parked_reason, ' ' order by ack.acmp_server) filter (
                            where ack.parked_client = client.client_fingerprint
                                and ack.parked_device = client.device_fingerprint) as parked
                    from acknowledgement ack
                    where ack.workflow = client.workflow and ack.device = client.device) acks on true
                where client.workflow = :workflow and client.client_id > coalesce(:after::uuid, :first::uuid)
                order by client.client_id limit :limit
                """)
                .param("workflow", workflow)
                .param("after", after, Types.OTHER)
                .param("first", BEFORE_ALL)
                .param("limit", limit)
                .query((row, _) -> client(row))
                .list();
    }

    public List<Publication> publications(String workflow, List<String> servers) {
        return servers.stream().map(server -> publication(workflow, server)).toList();
    }

    private Publication publication(String workflow, String server) {
        return jdbc.sql("""
                select count(client.device) as clients,
                    count(*) filter (where ack.client_fingerprint = client.client_fingerprint
                        and ack.device_fingerprint = client.device_fingerprint) as acknowledged,
                    count(*) filter (where ack.parked_client = client.client_fingerprint
                        and ack.parked_device = client.device_fingerprint) as parked,
                    max(publication.last_success) as last_success, max(publication.problem) as problem,
                    max(publication.problem_since) as problem_since
                from (select 1) one
                left join publication on publication.workflow = :workflow and publication.acmp_server = :server
                left join client on client.workflow = :workflow
                left join acknowledgement ack on ack.workflow = client.workflow and ack.device = client.device
                    and ack.acmp_server = :server
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new Publication(server, row.getInt("clients"), row.getInt("acknowledged"),
                        row.getInt("parked"), instant(row, "last_success"), row.getString("problem"),
                        instant(row, "problem_since")))
                .single();
    }

    private static Client client(ResultSet row) throws SQLException {
        String[] acknowledged = row.getArray("acknowledged") == null
                ? new String[0]
                : (String[]) row.getArray("acknowledged").getArray();
        return new Client(row.getObject("client_id", UUID.class), row.getString("device"), row.getString("name"),
                row.getString("operating_system"), row.getString("client_type"), row.getString("compliance"),
                row.getString("owner"), instant(row, "last_sync"), row.getBoolean("removed"), List.of(acknowledged),
                row.getString("parked"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
