package io.acmpintune.engine.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code job}. Whoever changes a job or its targets holds the job's row first, which counts its revision up. */
@Repository
class JobRepository {

    /** The condition is that of an index. */
    private static final String UNCHECKED = """
            select id from job where workflow = :workflow
                and checked < revision and (state = 'RUNNING' or unlock_code is not null)
            order by id""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A job and the order that was stored under its key.
     *
     * @param codeDigest null = no unlock code
     */
    record Keyed(UUID id, JobOrder order, @Nullable String codeDigest) {}

    Optional<Keyed> byKey(String workflow, String key) {
        return jdbc.sql("""
                select id, request, unlock_code_digest from job where workflow = :workflow and idempotency_key = :key
                """)
                .param("workflow", workflow)
                .param("key", key)
                .query((row, _) -> new Keyed(row.getObject(1, UUID.class),
                        json.readValue(row.getString(2), JobOrder.class), row.getString(3)))
                .optional();
    }

    /**
     * A new job.
     *
     * @param order without secrets
     * @param sealedCode the encrypted unlock code; null = none
     */
    record NewJob(UUID id, JobOrder order, String identity, String key, @Nullable String sealedCode,
            @Nullable String codeDigest) {}

    /**
     * Stores a running job without targets.
     *
     * @return false if a job exists under the key
     */
    boolean add(NewJob job, Instant now, Instant expires) {
        JobOrder order = job.order();
        return jdbc.sql("""
                insert into job (id, workflow, query_action, impact, requested_by, identity, justification, parameters,
                    idempotency_key, request, created_at, expires_at, state, retry_of, unlock_code, unlock_code_digest)
                values (:id, :workflow, :action, :impact, :by, :identity, :justification, :parameters::json, :key,
                    :request::json, :now, :expires, 'RUNNING', :retryOf, :code, :digest)
                on conflict (workflow, idempotency_key) do nothing
                """)
                .param("id", job.id())
                .param("workflow", order.workflow())
                .param("action", order.queryAction().name())
                .param("impact", order.queryAction().greatestImpact().name())
                .param("by", order.requestedBy())
                .param("identity", job.identity())
                .param("justification", order.justification(), Types.VARCHAR)
                .param("parameters", json.writeValueAsString(new JobParameters(order.wipe(), order.notification())))
                .param("key", job.key())
                .param("request", json.writeValueAsString(order))
                .param("now", timestamp(now))
                .param("expires", timestamp(expires))
                .param("retryOf", order.retryOf(), Types.OTHER)
                .param("code", job.sealedCode(), Types.VARCHAR)
                .param("digest", job.codeDigest(), Types.VARCHAR)
                .update() == 1;
    }

    /** Notes the greatest impact on the targets of a job that has just been stored, and when it therefore expires. */
    void judge(UUID id, Impact impact, Instant expires) {
        jdbc.sql("update job set impact = :impact, expires_at = :expires where id = :id")
                .param("impact", impact.name())
                .param("expires", timestamp(expires))
                .param("id", id)
                .update();
    }

    /** Returns a job without its targets and outcome. */
    Optional<Job> find(UUID id) {
        return jdbc.sql("select * from job where id = :id").param("id", id).query((row, _) -> job(row)).optional();
    }

    /** Restricts a list of jobs; null = no restriction. */
    record Filter(@Nullable String workflow, @Nullable JobState state, @Nullable QueryAction action,
            @Nullable String requestedBy, @Nullable Instant from, @Nullable Instant to) {}

    /** Returns a page of jobs after a job, the newest first, without their targets and outcome. */
    List<Job> page(Filter filter, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select * from job
                where (:workflow::text is null or workflow = :workflow)
                    and (:state::text is null or state = :state)
                    and (:action::text is null or query_action = :action)
                    and (:by::text is null or lower(requested_by) = lower(:by) or identity = :by)
                    and (:from::timestamptz is null or created_at >= :from)
                    and (:to::timestamptz is null or created_at < :to)
                    and (:after::uuid is null
                        or (created_at, id) < (select created_at, id from job where id = :after::uuid))
                order by created_at desc, id desc limit :limit
                """)
                .param("workflow", filter.workflow(), Types.VARCHAR)
                .param("state", filter.state() == null ? null : filter.state().name(), Types.VARCHAR)
                .param("action", filter.action() == null ? null : filter.action().name(), Types.VARCHAR)
                .param("by", filter.requestedBy(), Types.VARCHAR)
                .param("from", timestamp(filter.from()))
                .param("to", timestamp(filter.to()))
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, _) -> job(row))
                .list();
    }

    /** Holds jobs, always in the order of their ids to avoid deadlocks, and increments their revisions. */
    List<HeldJob> hold(Collection<UUID> ids) {
        return jdbc.sql("""
                with held as (select id from job where id = any(:ids) order by id for update)
                update job set revision = revision + 1 from held where job.id = held.id
                returning job.id, workflow, query_action, impact, state, expires_at, waiting
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> held(row))
                .list();
    }

    Optional<HeldJob> hold(UUID id) {
        return hold(List.of(id)).stream().findFirst();
    }

    /** Holds a job without a change of its revision. */
    Optional<HeldJob> lock(UUID id) {
        return jdbc.sql("""
                select id, workflow, query_action, impact, state, expires_at, waiting from job where id = :id for update
                """)
                .param("id", id)
                .query((row, _) -> held(row))
                .optional();
    }

    /** Moves a held job to a state. */
    void move(UUID id, JobState state, @Nullable Problem waiting, Instant now) {
        jdbc.sql("""
                update job set state = :state, waiting = :waiting::json,
                    finished_at = case when :final then coalesce(finished_at, :now) end
                where id = :id
                """)
                .param("state", state.name())
                .param("waiting", waiting == null ? null : json.writeValueAsString(waiting), Types.VARCHAR)
                .param("final", state.isFinal())
                .param("now", timestamp(now))
                .param("id", id)
                .update();
    }

    /** Sets when a held job expires. */
    void expireAt(UUID id, Instant at) {
        jdbc.sql("update job set expires_at = :at where id = :id").param("at", timestamp(at)).param("id", id).update();
    }

    /** Returns running jobs of a workflow that may have unclaimed targets. */
    List<UUID> unclaimed(String workflow, int limit) {
        return jdbc
                .sql("select id from job where workflow = :workflow and state = 'RUNNING' and unclaimed limit :limit")
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Notes whether a job has targets left to claim. */
    void noteUnclaimed(UUID id) {
        jdbc.sql("""
                update job set unclaimed = exists (select 1 from job_target where job = :id and stage = 'UNCLAIMED')
                where id = :id
                """).param("id", id).update();
    }

    /** Returns jobs of a workflow that changed since they were last checked, and that may have to finish or to be erased. */
    List<UUID> unchecked(String workflow, int limit) {
        return jdbc.sql(UNCHECKED + " limit :limit")
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Holds such jobs without a change of their revisions; those that somebody else holds are left out. */
    List<UUID> holdUnchecked(String workflow, int limit) {
        return jdbc.sql(UNCHECKED + " limit :limit for update skip locked")
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Notes that held jobs have been checked at their present revisions. */
    void checked(Collection<UUID> ids) {
        jdbc.sql("update job set checked = revision where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /** Returns which of these jobs are running and have closed targets only. */
    List<UUID> complete(Collection<UUID> ids) {
        return jdbc.sql("""
                select id from job where id = any(:ids) and state = 'RUNNING'
                    and not exists (select 1 from job_target where job = job.id and stage <> 'CLOSED')
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Returns whether the job was ordered with an unlock code, erased or not. */
    boolean hadCode(UUID id) {
        return jdbc.sql("select unlock_code_digest is not null from job where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    JobOrder order(UUID id) {
        return jdbc.sql("select request from job where id = :id")
                .param("id", id)
                .query((row, _) -> json.readValue(row.getString(1), JobOrder.class))
                .single();
    }

    /** Erases the unlock codes of those jobs that have no target left to send. */
    void eraseCodes(Collection<UUID> ids) {
        jdbc.sql("""
                update job set unlock_code = null
                where id = any(:ids) and unlock_code is not null
                    and not exists (select 1 from job_target
                        where job = job.id and stage in ('UNCLAIMED', 'CLAIMED', 'DEFERRED'))
                """).param("ids", ids.toArray(UUID[]::new)).update();
    }

    Map<UUID, Long> revisions(Collection<UUID> ids) {
        Map<UUID, Long> revisions = new HashMap<>();
        jdbc.sql("select id, revision from job where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    revisions.put(row.getObject(1, UUID.class), row.getLong(2));
                });
        return revisions;
    }

    private HeldJob held(ResultSet row) throws SQLException {
        return new HeldJob(row.getObject("id", UUID.class), row.getString("workflow"),
                QueryAction.valueOf(row.getString("query_action")), Impact.valueOf(row.getString("impact")),
                JobState.valueOf(row.getString("state")), instant(row, "expires_at"),
                problem(row.getString("waiting")));
    }

    private Job job(ResultSet row) throws SQLException {
        String parameters = row.getString("parameters");
        return new Job(row.getObject("id", UUID.class), row.getString("workflow"),
                QueryAction.valueOf(row.getString("query_action")), Impact.valueOf(row.getString("impact")),
                row.getString("requested_by"), row.getString("identity"), row.getString("justification"),
                parameters == null ? JobParameters.NONE : json.readValue(parameters, JobParameters.class),
                row.getObject("retry_of", UUID.class), JobState.valueOf(row.getString("state")),
                instant(row, "created_at"), instant(row, "expires_at"), nullableInstant(row, "finished_at"),
                problem(row.getString("waiting")), row.getLong("revision"), 0, Map.of(), null);
    }

    private @Nullable Problem problem(@Nullable String text) {
        return text == null ? null : json.readValue(text, Problem.class);
    }
}
