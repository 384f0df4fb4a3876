package io.acmpintune.engine.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Columns.texts;

/** What may be read of the clients. */
@Component
public class Clients {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    public Clients(JdbcClient jdbc) {
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

    /** Clients in the order of their ids, behind the given one. */
    public List<Client> page(String workflow, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select client.*, acks.acknowledged, acks.parked
                from client left join lateral (
                    select array_agg(ack.acmp_server order by ack.acmp_server) filter (
                            where (ack.origin = 'LINKED' or ack.client_fingerprint = client.client_fingerprint)
                                and ack.device_fingerprint = client.device_fingerprint) as acknowledged,
                        string_agg(ack.acmp_server || ': ' || ack.parked_reason, ' ' order by ack.acmp_server) filter (
                            where ack.parked_client = client.client_fingerprint
                                and ack.parked_device = client.device_fingerprint) as parked
                    from acknowledgement ack
                    where ack.workflow = client.workflow and ack.client_id = client.client_id) acks on true
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

    private static Client client(ResultSet row) throws SQLException {
        return new Client(row.getObject("client_id", UUID.class), row.getString("device"), row.getString("name"),
                row.getString("operating_system"), row.getString("client_type"), row.getString("compliance"),
                row.getString("owner"), nullableInstant(row, "last_sync"), row.getBoolean("removed"),
                texts(row, "acknowledged"),
                row.getString("parked"));
    }
}
