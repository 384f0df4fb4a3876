package io.acmpintune.engine.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.client.ClientDetails.Fields;
import io.acmpintune.engine.client.ClientDetails.LinkPeriod;
import io.acmpintune.engine.client.ClientDetails.LinkedDevice;
import io.acmpintune.engine.client.ClientDetails.ServerState;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.runtime.database.Columns;

/** Reads the details of a client. */
@Component
public class ClientReader {

    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() {
    };

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ClientReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Returns a client.
     *
     * @param id its own ID, or the one under which an ACMP server has it
     */
    public Optional<ClientDetails> find(String workflow, UUID id) {
        return jdbc.sql("""
                select client.*, device.device as device_id, device.source, device.details, device.rule,
                    device.explanation, device.since
                from client left join device
                    on device.workflow = client.workflow and device.client_id = client.client_id
                where client.workflow = :workflow and client.client_id = coalesce(
                    (select own.client_id from client own where own.workflow = :workflow and own.client_id = :id),
                    (select client_id from acknowledgement
                        where workflow = :workflow and acmp_client_id = :id limit 1))
                """)
                .param("workflow", workflow)
                .param("id", id)
                .query((row, _) -> {
                    UUID client = row.getObject("client_id", UUID.class);
                    return details(row, servers(workflow, client), history(workflow, client));
                })
                .optional();
    }

    private List<ServerState> servers(String workflow, UUID client) {
        return jdbc.sql("""
                select ack.*, state.acknowledged, case when state.parked then ack.parked_reason end as parked
                from acknowledgement ack join acknowledgement_state state
                    using (workflow, client_id, acmp_server)
                where workflow = :workflow and client_id = :client order by acmp_server
                """)
                .param("workflow", workflow)
                .param("client", client)
                .query((row, _) -> new ServerState(row.getString("acmp_server"), acmpId(row),
                        row.getBoolean("acknowledged"), "LINKED".equals(row.getString("origin")),
                        Columns.nullableInstant(row, "acknowledged_at"),
                        Columns.nullableInstant(row, "looked_up_at"),
                        row.getString("device_record") == null && row.getString("client_record") == null
                                ? null
                                : fields(row),
                        row.getString("explanation"), row.getString("parked"),
                        Columns.nullableInstant(row, "deleted_at")))
                .list();
    }

    private static @Nullable UUID acmpId(ResultSet row) throws SQLException {
        return row.getString("origin") == null ? null : row.getObject("acmp_client_id", UUID.class);
    }

    private List<LinkPeriod> history(String workflow, UUID client) {
        return jdbc.sql("""
                select * from client_history where workflow = :workflow and client_id = :client
                order by since desc, device
                """)
                .param("workflow", workflow)
                .param("client", client)
                .query((row, _) -> new LinkPeriod(row.getString("device"), Columns.instant(row, "since"),
                        Columns.nullableInstant(row, "until"), row.getString("rule"), row.getString("explanation")))
                .list();
    }

    private ClientDetails details(ResultSet row, List<ServerState> servers, List<LinkPeriod> history)
            throws SQLException {
        String source = row.getString("source");
        LinkedDevice device = source == null
                ? null
                : new LinkedDevice(row.getString("device_id"), json.readValue(source, Device.class),
                        deviceDetails(row), row.getString("rule"), row.getString("explanation"),
                        Columns.instant(row, "since"));
        return new ClientDetails(row.getObject("client_id", UUID.class), row.getString("name"),
                row.getString("client_type"), Columns.instant(row, "created_at"), Columns.instant(row, "changed_at"),
                Columns.nullableInstant(row, "removed_at"), fields(row), device, servers, history);
    }

    private @Nullable DeviceDetails deviceDetails(ResultSet row) throws SQLException {
        String details = row.getString("details");
        return details == null ? null : json.readValue(details, DeviceDetails.class);
    }

    private Fields fields(ResultSet row) throws SQLException {
        return new Fields(read(row.getString("client_record")), read(row.getString("device_record")));
    }

    private Map<String, String> read(@Nullable String stored) {
        return stored == null ? Map.of() : json.readValue(stored, FIELDS);
    }
}
