package io.acmpintune.engine.publication;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.publication.plan.Tally;
import io.acmpintune.runtime.database.Parameters;

/** Writes the progress of runs and the state of servers, in the tables {@code run} and {@code publication}. */
@Repository
class RunRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RunRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Version of everything that a plan is computed from. Equal versions give equal plans, apart from what becomes due by time.
     *
     * @param basis mapping, feed, decisions and requests
     * @param revision position in the feed, which counts changed devices
     */
    record InputVersion(String basis, long revision) {}

    InputVersion inputVersion(String workflow, String server) {
        return jdbc.sql("""
                select concat_ws(' ', workflow.mapping, workflow.device_feed, workflow.decisions, publication.requests)
                    as basis, workflow.device_cursor
                from workflow left join publication on publication.workflow = workflow.name
                    and publication.acmp_server = :server
                where workflow.name = :workflow
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new InputVersion(row.getString("basis"), row.getLong("device_cursor")))
                .single();
    }

    /** Returns the oldest requested run that has not started. */
    Optional<UUID> requested(String workflow, String server) {
        return jdbc.sql("""
                select id from run
                where workflow = :workflow and acmp_server = :server and finished_at is null and started_at is null
                order by requested_at, id limit 1
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Recovers runs that an interrupted lane has left running: requested ones start again, automatic ones end. */
    void recoverInterrupted(String workflow, String server, Instant now) {
        jdbc.sql("""
                update run set started_at = case when trigger = 'REQUEST' then null else started_at end,
                    finished_at = case when trigger = 'AUTOMATIC' then :now::timestamptz end,
                    problem = case when trigger = 'AUTOMATIC' then 'The service stopped during this run.' end
                where workflow = :workflow and acmp_server = :server and started_at is not null
                    and finished_at is null
                """)
                .param("now", Parameters.timestamp(now))
                .param("workflow", workflow)
                .param("server", server)
                .update();
    }

    /** Records the start of a run; a requested one has a row already. */
    void start(UUID id, String workflow, String server, boolean requested, Instant now) {
        if (requested) {
            jdbc.sql("update run set started_at = :now where id = :id")
                    .param("now", Parameters.timestamp(now))
                    .param("id", id)
                    .update();
            return;
        }
        jdbc.sql("""
                insert into run (id, workflow, acmp_server, trigger, started_at)
                values (:id, :workflow, :server, 'AUTOMATIC', :now)
                """)
                .param("id", id)
                .param("workflow", workflow)
                .param("server", server)
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /**
     * Records the progress of a run.
     *
     * @param finished null = it goes on
     */
    void update(UUID id, Tally tally, @Nullable String problem, @Nullable Instant finished) {
        jdbc.sql("""
                update run set planned = :planned::json, done = :done::json, messages = :messages::json,
                    look_ups = :lookUps, problem = :problem, finished_at = :finished
                where id = :id
                """)
                .param("planned", json.writeValueAsString(tally.planned()))
                .param("done", json.writeValueAsString(tally.done()))
                .param("messages", json.writeValueAsString(tally.messages()))
                .param("lookUps", tally.lookUps())
                .param("problem", problem, Types.VARCHAR)
                .param("finished", Parameters.timestamp(finished))
                .param("id", id)
                .update();
    }

    /**
     * Records a success, or a problem with its first date.
     *
     * @param problem null = success
     */
    void recordStatus(String workflow, String server, @Nullable String problem, Instant now) {
        jdbc.sql("""
                insert into publication (workflow, acmp_server, last_success, problem, problem_since)
                values (:workflow, :server, case when :problem::text is null then :now::timestamptz end, :problem,
                    case when :problem::text is not null then :now::timestamptz end)
                on conflict (workflow, acmp_server) do update set
                    last_success = coalesce(excluded.last_success, publication.last_success),
                    problem_since = case when excluded.problem is null then null
                        else coalesce(publication.problem_since, excluded.problem_since) end,
                    problem = excluded.problem
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("problem", problem, Types.VARCHAR)
                .param("now", Parameters.timestamp(now))
                .update();
    }
}
