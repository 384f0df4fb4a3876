package io.acmpintune.engine.job;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** The tables {@code job} and {@code job_target}, and the action cursor of {@code workflow}. */
@Repository
class JobRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A job's key and what was asked under it. */
    record Known(UUID id, JobOrder order) {}

    Optional<Known> byKey(String workflow, String key) {
        return jdbc.sql("select id, request from job where workflow = :workflow and idempotency_key = :key")
                .param("workflow", workflow)
                .param("key", key)
                .query((row, _) -> new Known(row.getObject(1, UUID.class),
                        json.readValue(row.getString(2), JobOrder.class)))
                .optional();
    }

    /**
     * Stores a job with its targets; a client that is none of the workflow's is refused at once.
     *
     * @return false when there is a job under the key already
     */
    boolean add(UUID id, JobOrder order, String key, Instant now) {
        int added = jdbc.sql("""
                insert into job (id, workflow, query_action, requested_by, idempotency_key, request, created_at)
                values (:id, :workflow, :action, :by, :key, :request::json, :now)
                on conflict (workflow, idempotency_key) do nothing
                """)
                .param("id", id)
                .param("workflow", order.workflow())
                .param("action", order.queryAction().name())
                .param("by", order.requestedBy())
                .param("key", key)
                .param("request", json.writeValueAsString(order))
                .param("now", Timestamp.from(now))
                .update();
        if (added == 1) {
            addTargets(id, order, now);
            finishWhereComplete(order.workflow(), now);
        }
        return added == 1;
    }

    private void addTargets(UUID id, JobOrder order, Instant now) {
        Problem unknown = Problem.of("unknown-client", "Unknown client", 404,
                "The workflow " + order.workflow() + " manages no such client.",
                "Choose a client that this workflow brought to ACMP.");
        Problem removed = Problem.of("device-gone", "No device in Intune", 404,
                "The client has no device in Intune that could be reached.",
                "Nothing; or where an operator decided about its device, undo that.");
        jdbc.sql("""
                insert into job_target (job, client_id, device, name, state, state_at, handed, problem)
                select :job, wanted.id, client.device, client.name,
                    case when client.device is null or client.removed then 'REFUSED' else 'QUEUED' end, :now,
                    client.device is null or client.removed,
                    case when client.device is null then :unknown::json when client.removed then :removed::json end
                from unnest(:clients) as wanted (id)
                left join lateral (
                    select client.device, client.name, client.removed from client
                    where client.workflow = :workflow and client.client_id = wanted.id
                    union all
                    select client.device, client.name, client.removed
                    from acknowledgement ack join client
                        on client.workflow = ack.workflow and client.client_id = ack.client_id
                    where ack.workflow = :workflow and ack.acmp_client_id = wanted.id
                    limit 1) client on true
                """)
                .param("job", id)
                .param("now", Timestamp.from(now))
                .param("unknown", json.writeValueAsString(unknown))
                .param("removed", json.writeValueAsString(removed))
                .param("clients", order.clients().toArray(UUID[]::new))
                .param("workflow", order.workflow())
                .update();
    }

    Optional<Job> find(UUID id) {
        return jdbc.sql("select * from job where id = :id").param("id", id).query((row, _) -> {
            List<Job.Target> targets = targets(id);
            Map<ActionState, Integer> outcome = new EnumMap<>(ActionState.class);
            targets.forEach(target -> outcome.merge(target.state(), 1, Integer::sum));
            Timestamp finished = row.getTimestamp("finished_at");
            return new Job(id, row.getString("workflow"), QueryAction.valueOf(row.getString("query_action")),
                    row.getString("requested_by"), finished == null ? Job.State.RUNNING : Job.State.FINISHED,
                    row.getTimestamp("created_at").toInstant(), finished == null ? null : finished.toInstant(), outcome,
                    targets);
        }).optional();
    }

    private List<Job.Target> targets(UUID job) {
        return jdbc.sql("select * from job_target where job = :job order by name, client_id")
                .param("job", job)
                .query((row, _) -> {
                    String problem = row.getString("problem");
                    return new Job.Target(row.getObject("client_id", UUID.class), row.getString("device"),
                            row.getString("name"), ActionState.valueOf(row.getString("state")),
                            row.getTimestamp("state_at").toInstant(),
                            problem == null ? null : json.readValue(problem, Problem.class));
                })
                .list();
    }

    /** A target whose action the connector has not been asked for. */
    record Unrelayed(UUID job, UUID clientId, DeviceId device, QueryAction queryAction, String requestedBy) {}

    List<Unrelayed> unrelayed(String workflow, int limit) {
        return jdbc.sql("""
                select target.job, target.client_id, target.device, job.query_action, job.requested_by
                from job_target target join job on job.id = target.job
                where job.workflow = :workflow and target.action is null and target.state = 'QUEUED'
                order by job.created_at, target.client_id limit :limit
                """)
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> new Unrelayed(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                        new DeviceId(row.getString(3)), QueryAction.valueOf(row.getString(4)), row.getString(5)))
                .list();
    }

    /** The connector took the order; its answer is the target's state. */
    void relayed(Unrelayed target, DeviceAction action) {
        jdbc.sql("update job_target set action = :action where job = :job and client_id = :client")
                .param("action", action.id())
                .param("job", target.job())
                .param("client", target.clientId())
                .update();
        follow(action);
    }

    /** The connector refused the order. */
    void refused(Unrelayed target, Problem problem, Instant now) {
        jdbc.sql("""
                update job_target set state = 'REFUSED', handed = true, state_at = :now, problem = :problem::json
                where job = :job and client_id = :client
                """)
                .param("now", Timestamp.from(now))
                .param("problem", json.writeValueAsString(problem))
                .param("job", target.job())
                .param("client", target.clientId())
                .update();
    }

    /**
     * Takes an action's state over to its target; an action of nobody's job changes nothing. What is newer is told by the
     * revision, because the connector's clock is not ours.
     */
    void follow(DeviceAction action) {
        boolean handed = action.state().isHandedOver() || action.state().isFinal();
        @Nullable
        Problem problem = action.problem();
        jdbc.sql("""
                update job_target set state = :state, state_at = :at, handed = handed or :handed,
                    problem = :problem::json, revision = :revision
                where action = :action and (revision is null or revision <= :revision)
                """)
                .param("state", action.state().name())
                .param("at", Timestamp.from(action.stateAt()))
                .param("handed", handed)
                .param("revision", action.revision())
                .param("problem", problem == null ? null : json.writeValueAsString(problem), Types.VARCHAR)
                .param("action", action.id())
                .update();
    }

    /** Closes the jobs of which every target was handed over. */
    int finishWhereComplete(String workflow, Instant now) {
        return jdbc.sql("""
                update job set finished_at = :now
                where workflow = :workflow and finished_at is null
                    and not exists (select 1 from job_target where job = job.id and not handed)
                """).param("now", Timestamp.from(now)).param("workflow", workflow).update();
    }

    /** How far a workflow has read its connector's actions; {@code feed} null = nothing read yet. */
    record ActionPosition(@Nullable UUID feed, long after) {}

    ActionPosition position(String workflow) {
        return jdbc.sql("select action_feed, action_cursor from workflow where name = :workflow")
                .param("workflow", workflow)
                .query((row, _) -> new ActionPosition(row.getObject(1, UUID.class), row.getLong(2)))
                .single();
    }

    void moveTo(String workflow, ActionPosition position) {
        jdbc.sql("update workflow set action_feed = :feed, action_cursor = :after where name = :workflow")
                .param("feed", position.feed())
                .param("after", position.after())
                .param("workflow", workflow)
                .update();
    }
}
