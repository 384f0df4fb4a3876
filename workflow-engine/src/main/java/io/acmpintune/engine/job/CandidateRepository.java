package io.acmpintune.engine.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.Device;

/** Looks up the clients that an order means: in the tables of clients and devices, and among the targets that are open. */
@Repository
class CandidateRepository {

    private static final String CHOSEN = """
            with wanted as (select id, place from unnest(:clients) with ordinality as chosen (id, place))
            """;
    /** An action that is under way matters where only one may be; its states are those of the index. */
    private static final String WITH_ALL_THAT_IS_KNOWN = """
            select wanted.id, client.client_id, client.name, device.device,
                client.removed or device.removed_at is not null as removed,
                json_strip_nulls(json_build_object('id', device.device, 'operatingSystem', seen."operatingSystem",
                    'deviceEnrollmentType', seen."deviceEnrollmentType",
                    'managedDeviceOwnerType', seen."managedDeviceOwnerType", 'serialNumber', seen."serialNumber",
                    'userPrincipalName', seen."userPrincipalName", 'deviceName', seen."deviceName",
                    'osVersion', seen."osVersion", 'model', seen.model,
                    'lastSyncDateTime', seen."lastSyncDateTime")) as seen,
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
                "userPrincipalName" text, "deviceName" text, "osVersion" text, model text, "lastSyncDateTime" text)
                on true
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
    List<Candidate> find(String workflow, QueryAction action, List<UUID> clients) {
        return known(jdbc.sql(CHOSEN + WITH_ALL_THAT_IS_KNOWN).param("clients", clients.toArray(UUID[]::new)), workflow,
                action);
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
}
