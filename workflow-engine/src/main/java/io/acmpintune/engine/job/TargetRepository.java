package io.acmpintune.engine.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The table {@code job_target}: fills, reads and cancels targets. The relay lane has a repository of its own. */
@Repository
class TargetRepository {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Workflows workflows;

    TargetRepository(JdbcClient jdbc, JsonMapper json, Workflows workflows) {
        this.jdbc = jdbc;
        this.json = json;
        this.workflows = workflows;
    }

    /** Stores a job's targets in one statement. */
    void add(UUID job, List<EvaluatedTarget> targets, Instant now) {
        jdbc.sql(
                """
                        insert into job_target (job, client_id, workflow, query_action, device, name, device_name, serial, owner,
                            ownership, system, model, last_sync, impact, state, state_at, stage, problem)
                        select job.id, row.client_id, job.workflow, job.query_action, row.device, row.name, row.device_name,
                            row.serial, row.owner, row.ownership, row.system, row.model, row.last_sync, row.impact,
                            case when row.problem is null then 'QUEUED' else 'REFUSED' end, :now,
                            case when row.problem is null then 'UNCLAIMED' else 'CLOSED' end,
                            row.problem::json
                        from unnest(:clients, :devices, :names, :deviceNames, :serials, :owners, :ownerships, :systems, :models,
                                :lastSyncs, :impacts, :problems)
                            as row (client_id, device, name, device_name, serial, owner, ownership, system, model, last_sync,
                                impact, problem), job
                        where job.id = :job
                        """)
                .param("job", job)
                .param("now", timestamp(now))
                .param("clients", uuids(targets, EvaluatedTarget::clientId))
                .param("devices", texts(targets, EvaluatedTarget::device))
                .param("names", texts(targets, EvaluatedTarget::name))
                .param("deviceNames", seen(targets, EvaluatedTarget.Seen::name))
                .param("serials", seen(targets, EvaluatedTarget.Seen::serial))
                .param("owners", seen(targets, EvaluatedTarget.Seen::owner))
                .param("ownerships", texts(targets, EvaluatedTarget::ownership))
                .param("systems", seen(targets, EvaluatedTarget.Seen::system))
                .param("models", seen(targets, EvaluatedTarget.Seen::model))
                .param("lastSyncs",
                        timestamps(targets, target -> target.seen() == null ? null : target.seen().lastSync()))
                .param("impacts", texts(targets, target -> target.impact().name()))
                .param("problems", texts(targets,
                        target -> target.refusal() == null ? null : json.writeValueAsString(target.refusal())))
                .update();
    }

    private static @Nullable String[] seen(List<EvaluatedTarget> targets,
            Function<EvaluatedTarget.Seen, @Nullable String> property) {
        return texts(targets, target -> target.seen() == null ? null : property.apply(target.seen()));
    }

    /** Counts the targets of jobs by state. */
    Map<UUID, Map<ActionState, Integer>> outcomes(Collection<UUID> jobs) {
        Map<UUID, Map<ActionState, Integer>> outcomes = new HashMap<>();
        jdbc.sql("""
                select job, state, count(*) from job_target where job = any(:jobs) group by job, state
                """).param("jobs", jobs.toArray(UUID[]::new)).query(row -> {
            outcomes.computeIfAbsent(row.getObject(1, UUID.class), _ -> new EnumMap<>(ActionState.class))
                    .put(ActionState.valueOf(row.getString(2)), row.getInt(3));
        });
        return outcomes;
    }

    /**
     * Returns a page of a job's targets in the order of their clients' ids.
     *
     * @param state null = any
     * @param after null = from the first
     */
    List<Job.Target> page(UUID job, @Nullable ActionState state, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select * from job_target
                where job = :job and client_id > :after and (:state::text is null or state = :state)
                order by client_id limit :limit
                """)
                .param("job", job)
                .param("after", after == null ? BEFORE_ALL : after)
                .param("state", state == null ? null : state.name(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, _) -> target(row))
                .list();
    }

    Optional<Job.Target> find(UUID job, UUID client) {
        return jdbc.sql(
                "select * from job_target where job = :job and client_id = :client")
                .param("job", job)
                .param("client", client)
                .query((row, _) -> target(row))
                .optional();
    }

    /** Returns the last targets of a client, under its own id or the one that an ACMP server knows it by. */
    List<ClientAction> ofClient(String workflow, UUID client, int limit) {
        return jdbc.sql("""
                select job_target.*, requested_by, created_at
                from job_target join job on job.id = job_target.job
                where job.workflow = :workflow and client_id in (
                    select :client::uuid
                    union select acmp_client_id from acknowledgement
                    where workflow = :workflow and client_id = :client and acmp_client_id is not null)
                order by created_at desc, job_target.job limit :limit
                """)
                .param("workflow", workflow)
                .param("client", client)
                .param("limit", limit)
                .query((row, _) -> new ClientAction(row.getObject("job", UUID.class),
                        QueryAction.valueOf(row.getString("query_action")), row.getString("requested_by"),
                        instant(row, "created_at"), target(row)))
                .list();
    }

    /** A target, and the job's revision at its last change. */
    record Changed(long revision, Job.Target target) {}

    /** Returns targets that changed after a revision, or in it and after a client, the oldest change first. */
    List<Changed> changes(UUID job, long revision, UUID client, int limit) {
        return jdbc
                .sql("""
                        select * from job_target where job = :job and (changed, client_id) > (:revision, :client)
                        order by changed, client_id limit :limit
                        """)
                .param("job", job)
                .param("revision", revision)
                .param("client", client)
                .param("limit", limit)
                .query((row, _) -> new Changed(row.getLong("changed"), target(row)))
                .list();
    }

    /** Cancels the targets of a held job that certainly never reached the connector. */
    int cancelUnclaimed(UUID job, Problem reason, Instant now) {
        return endUnclaimed(job, ActionState.CANCELLED, reason, now);
    }

    /** Ends the targets of a held job that certainly never reached the connector. */
    int endUnclaimed(UUID job, ActionState state, Problem reason, Instant now) {
        return jdbc.sql("""
                update job_target set stage = :to, state = :state, state_at = :now, cancel_by = null,
                    problem = :reason::json, changed = (select revision from job where id = :job)
                where job = :job and stage = any(:from)
                """)
                .param("to", HandOverStage.Event.CANCELLED.target())
                .param("state", state.name())
                .param("from", HandOverStage.Event.CANCELLED.sources())
                .param("job", job)
                .param("now", timestamp(now))
                .param("reason", json.writeValueAsString(reason))
                .update();
    }

    /** Counts the targets of all jobs that wait for a person's decision. */
    int undecided() {
        return jdbc.sql("select count(*) from job_target where state = 'NEEDS_DECISION'").query(Integer.class).single();
    }

    /** Has the relay lane ask the connector to cancel what it has, or may have, and has not sent as far as is known. */
    void requestCancellation(UUID job, String by) {
        jdbc.sql("""
                update job_target set cancel_by = :by
                where job = :job and stage in ('CLAIMED', 'HANDED_OVER', 'LOST')
                    and state in ('QUEUED', 'AWAITING_APPROVAL')
                """).param("job", job).param("by", by).update();
    }

    /** Leaves out the user of a device where the policy of the job's workflow hides it. */
    private Job.Target target(ResultSet row) throws SQLException {
        String ownership = row.getString("ownership");
        boolean hidden = workflows.personalData(row.getString("workflow")).hidesUser(ownership);
        String problem = row.getString("problem");
        return new Job.Target(row.getObject("client_id", UUID.class), row.getString("device"), row.getString("name"),
                row.getString("serial"), hidden ? null : row.getString("owner"), hidden, ownership,
                row.getString("system"), row.getString("model"), nullableInstant(row, "last_sync"),
                Impact.valueOf(row.getString("impact")), row.getObject("action", UUID.class),
                ActionState.valueOf(row.getString("state")),
                instant(row, "state_at"),
                problem == null ? null : json.readValue(problem, Problem.class));
    }
}
