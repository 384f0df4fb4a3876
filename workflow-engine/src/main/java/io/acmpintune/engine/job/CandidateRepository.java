package io.acmpintune.engine.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.Device;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Looks up the clients that an order means: in the tables of clients and devices, and among the targets that are open. */
@Repository
class CandidateRepository {

    private static final String CHOSEN = """
            with wanted as (select id, place from unnest(:clients) with ordinality as chosen (id, place))
            """;
    private static final String FITTING = """
                from client join device on device.workflow = client.workflow and device.client_id = client.client_id
                where client.workflow = :workflow and not client.removed and device.removed_at is null
                    and (:system::text is null or lower(client.operating_system) = lower(:system))
                    and (:type::text is null or lower(client.client_type) = lower(:type))
                    and (:compliance::text is null or lower(client.compliance) = lower(:compliance))
                    and (:owner::text is null or lower(client.owner) = lower(:owner))
                    and (:before::timestamptz is null or client.last_sync < :before)
                    and (:after::timestamptz is null or client.last_sync > :after)
                    and (:search::text is null or client.name ilike :search
                        or device.source ->> 'serialNumber' ilike :search
                        or device.source ->> 'userPrincipalName' ilike :search)
            """;
    private static final String MATCHING = """
            with wanted as (select client.client_id as id, row_number() over (order by client.client_id) as place
            """ + FITTING + " order by client.client_id limit :limit)\n";
    /** An action that is under way matters where only one may be; its states are those of the index. */
    private static final String WITH_ALL_THAT_IS_KNOWN = """
            select wanted.id, client.client_id, client.name, device.device,
                client.removed or device.removed_at is not null as removed,
                json_strip_nulls(json_build_object('id', device.device, 'operatingSystem', seen."operatingSystem",
                    'deviceEnrollmentType', seen."deviceEnrollmentType",
                    'managedDeviceOwnerType', seen."managedDeviceOwnerType", 'serialNumber', seen."serialNumber",
                    'userPrincipalName', seen."userPrincipalName", 'deviceName', seen."deviceName")) as seen,
                exists (select 1 from device rival
                    where rival.workflow = :workflow and rival.client_id is null and rival.match_state = 'CONFLICT'
                        and rival.removed_at is null and rival.candidates @> array[client.client_id]) as conflict,
                busy.job as busy_job, busy.state as busy_state
            from wanted
            left join lateral (
                select client.client_id, client.name, client.removed from client
                where client.workflow = :workflow and client.client_id = wanted.id
                union all
                select client.client_id, client.name, client.removed
                from acknowledgement ack join client
                    on client.workflow = ack.workflow and client.client_id = ack.client_id
                where ack.workflow = :workflow and ack.acmp_client_id = wanted.id
                limit 1) client on true
            left join device on device.workflow = :workflow and device.client_id = client.client_id
            left join lateral json_to_record(device.source) as seen ("operatingSystem" text,
                "deviceEnrollmentType" text, "managedDeviceOwnerType" text, "serialNumber" text,
                "userPrincipalName" text, "deviceName" text) on true
            left join lateral (
                select target.job, target.state from job_target target join job on job.id = target.job
                where :exclusive and target.device = device.device and job.workflow = :workflow
                    and job.query_action = :action
                    and target.state in ('QUEUED', 'SENDING', 'AWAITING_APPROVAL', 'ACCEPTED', 'PENDING', 'UNCERTAIN',
                        'NEEDS_DECISION')
                limit 1) busy on true
            order by wanted.place
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CandidateRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Those clients, in their order. */
    List<Candidate> chosen(String workflow, QueryAction action, List<UUID> clients) {
        return known(jdbc.sql(CHOSEN + WITH_ALL_THAT_IS_KNOWN).param("clients", clients.toArray(UUID[]::new)), workflow,
                action);
    }

    /** The first clients that fit, in the order of their ids. */
    List<Candidate> matching(String workflow, QueryAction action, ClientFilter filter, int limit) {
        return known(filtered(jdbc.sql(MATCHING + WITH_ALL_THAT_IS_KNOWN), filter).param("limit", limit), workflow,
                action);
    }

    /** How many clients fit. */
    int count(String workflow, ClientFilter filter) {
        return filtered(jdbc.sql("select count(*) " + FITTING), filter).param("workflow", workflow)
                .query(Integer.class)
                .single();
    }

    private static StatementSpec filtered(StatementSpec statement, ClientFilter filter) {
        return statement.param("system", filter.operatingSystem(), Types.VARCHAR)
                .param("type", filter.clientType(), Types.VARCHAR)
                .param("compliance", filter.compliance(), Types.VARCHAR)
                .param("owner", filter.owner(), Types.VARCHAR)
                .param("before", timestamp(filter.lastSyncBefore()))
                .param("after", timestamp(filter.lastSyncAfter()))
                .param("search", pattern(filter.search()), Types.VARCHAR);
    }

    private List<Candidate> known(StatementSpec statement, String workflow, QueryAction action) {
        return statement.param("workflow", workflow)
                .param("action", action.name())
                .param("exclusive", action.kind().isExclusive())
                .query((row, _) -> candidate(row))
                .list();
    }

    private Candidate candidate(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        if (row.getObject("client_id") == null) {
            return new Candidate(id, null);
        }
        UUID job = row.getObject("busy_job", UUID.class);
        return new Candidate(id, new Candidate.Known(row.getString("name"),
                row.getString("device") == null ? null : json.readValue(row.getString("seen"), Device.class),
                row.getBoolean("removed"), row.getBoolean("conflict"),
                job == null ? null : new Candidate.UnderWay(job, ActionState.valueOf(row.getString("busy_state")))));
    }

    private static @Nullable String pattern(@Nullable String part) {
        return part == null ? null : "%" + part.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }
}
