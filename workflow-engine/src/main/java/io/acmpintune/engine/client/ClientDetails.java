package io.acmpintune.engine.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;

/** Everything that is known of one client. */
@Component
public class ClientDetails {

    private static final TypeReference<LinkedHashMap<String, String>> BY_NAME = new TypeReference<>() {
    };

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ClientDetails(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A client with its device.
     *
     * @param device the device that the client is; null = none is
     * @param servers what each ACMP server knows of it
     * @param history the devices that it was, the newest first
     * @param removedAt when its device was told to have left Intune; null = it is there
     */
    public record Details(UUID clientId, @Nullable String name, @Nullable String clientType, Instant createdAt,
            Instant changedAt, @Nullable Instant removedAt, Fields wanted, @Nullable LinkedDevice device,
            List<Knowledge> servers, List<Held> history) {
        public Details {
            servers = List.copyOf(servers);
            history = List.copyOf(history);
        }
    }

    /** The fields of ACMP's records, by name, in their order. */
    public record Fields(Map<String, String> client, Map<String, String> mobileDevice) {}

    /**
     * The device, and why it is this client.
     *
     * @param more what the connector read of the device by itself; null = it does not
     * @param rule what linked it; null = the client was made for it
     */
    public record LinkedDevice(String id, Device properties, @Nullable DeviceDetails more, @Nullable String rule,
            String explanation,
            Instant since) {}

    /**
     * What an ACMP server knows.
     *
     * @param acmpClientId the id under which the server has it; null = not known to have it
     * @param complete whether it knows all as it is now
     * @param linked whether the server had it before us
     * @param taken the fields as the server last took them from us; null = nothing yet
     * @param explanation why what the server has is not the client; null = nothing is to be said
     * @param parked why it refuses the client as it is; null = it does not
     */
    public record Knowledge(String server, @Nullable UUID acmpClientId, boolean complete, boolean linked,
            @Nullable Instant acknowledgedAt, @Nullable Instant lookedUpAt, @Nullable Fields taken,
            @Nullable String explanation, @Nullable String parked, @Nullable Instant deletedAt) {}

    /**
     * From when to when a device was the client.
     *
     * @param until null = it is
     */
    public record Held(String device, Instant since, @Nullable Instant until, @Nullable String rule,
            String explanation) {}

    /** The client that has an id as its own, else the one that an ACMP server has under it. */
    public Optional<Details> find(String workflow, UUID id) {
        return jdbc
                .sql("""
                        select client.*, device.device as device_id, device.source, device.details, device.rule, device.explanation, device.since
                        from client left join device
                            on device.workflow = client.workflow and device.client_id = client.client_id
                        where client.workflow = :workflow and client.client_id = coalesce(
                            (select own.client_id from client own where own.workflow = :workflow and own.client_id = :id),
                            (select client_id from acknowledgement where workflow = :workflow and acmp_client_id = :id limit 1))
                        """)
                .param("workflow", workflow)
                .param("id", id)
                .query((row, _) -> {
                    UUID client = row.getObject("client_id", UUID.class);
                    return details(row, knowledge(workflow, client), history(workflow, client));
                })
                .optional();
    }

    private List<Knowledge> knowledge(String workflow, UUID client) {
        return jdbc.sql("""
                select ack.*,
                    (ack.origin = 'LINKED' or ack.client_fingerprint = client.client_fingerprint)
                        and ack.device_fingerprint = client.device_fingerprint as complete,
                    case when ack.parked_client = client.client_fingerprint
                        and ack.parked_device = client.device_fingerprint then ack.parked_reason end as parked
                from acknowledgement ack join client
                    on client.workflow = ack.workflow and client.client_id = ack.client_id
                where ack.workflow = :workflow and ack.client_id = :client order by ack.acmp_server
                """)
                .param("workflow", workflow)
                .param("client", client)
                .query((row, _) -> new Knowledge(row.getString("acmp_server"), acmpId(row),
                        row.getBoolean("complete"), "LINKED".equals(row.getString("origin")),
                        nullableInstant(row, "acknowledged_at"), nullableInstant(row, "looked_up_at"),
                        row.getString("device_record") == null && row.getString("client_record") == null
                                ? null
                                : fields(row),
                        row.getString("explanation"), row.getString("parked"), nullableInstant(row, "deleted_at")))
                .list();
    }

    private static @Nullable UUID acmpId(ResultSet row) throws SQLException {
        return row.getString("origin") == null ? null : row.getObject("acmp_client_id", UUID.class);
    }

    private List<Held> history(String workflow, UUID client) {
        return jdbc.sql("""
                select * from client_history where workflow = :workflow and client_id = :client
                order by since desc, device
                """)
                .param("workflow", workflow)
                .param("client", client)
                .query((row, _) -> new Held(row.getString("device"), instant(row, "since"),
                        nullableInstant(row, "until"), row.getString("rule"), row.getString("explanation")))
                .list();
    }

    private Details details(ResultSet row, List<Knowledge> servers, List<Held> history) throws SQLException {
        String source = row.getString("source");
        LinkedDevice device = source == null
                ? null
                : new LinkedDevice(row.getString("device_id"), json.readValue(source, Device.class), more(row),
                        row.getString("rule"), row.getString("explanation"), instant(row, "since"));
        return new Details(row.getObject("client_id", UUID.class), row.getString("name"),
                row.getString("client_type"), instant(row, "created_at"),
                instant(row, "changed_at"), nullableInstant(row, "removed_at"), fields(row), device, servers,
                history);
    }

    private @Nullable DeviceDetails more(ResultSet row) throws SQLException {
        String details = row.getString("details");
        return details == null ? null : json.readValue(details, DeviceDetails.class);
    }

    private Fields fields(ResultSet row) throws SQLException {
        return new Fields(read(row.getString("client_record")), read(row.getString("device_record")));
    }

    private Map<String, String> read(@Nullable String stored) {
        return stored == null ? Map.of() : json.readValue(stored, BY_NAME);
    }
}
