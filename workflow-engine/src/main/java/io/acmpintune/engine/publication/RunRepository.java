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

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The tables {@code run} and {@code publication} as the publish lane writes them. */
@Repository
class RunRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RunRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Up to where everything stands that a plan is made of; the same = nothing has changed since.
     *
     * @param basis mapping, feed, and what persons decided and asked for
     * @param revision of the feed, which counts changed devices
     */
    record Position(String basis, long revision) {}

    /** Up to where everything stands now. */
    Position standsAt(String workflow, String server) {
        return jdbc.sql("""
                select concat_ws(' ', workflow.mapping, workflow.device_feed, workflow.decisions, publication.asked)
                    as basis, workflow.device_cursor
                from workflow left join publication on publication.workflow = workflow.name
                    and publication.acmp_server = :server
                where workflow.name = :workflow
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new Position(row.getString("basis"), row.getLong("device_cursor")))
                .single();
    }

    /** The oldest run that was asked for and not begun. */
    Optional<UUID> asked(String workflow, String server) {
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

    /** What a lane that died has left under way: what a person asked for begins again, the rest is over. */
    void takeOver(String workflow, String server, Instant now) {
        jdbc.sql("""
                update run set started_at = case when trigger = 'REQUEST' then null else started_at end,
                    finished_at = case when trigger = 'AUTOMATIC' then :now::timestamptz end,
                    problem = case when trigger = 'AUTOMATIC' then 'The service stopped during this run.' end
                where workflow = :workflow and acmp_server = :server and started_at is not null
                    and finished_at is null
                """).param("now", timestamp(now)).param("workflow", workflow).param("server", server).update();
    }

    /** A run begins; {@code asked} when a person asked for it. */
    void begin(UUID id, String workflow, String server, boolean asked, Instant now) {
        if (asked) {
            jdbc.sql("update run set started_at = :now where id = :id")
                    .param("now", timestamp(now))
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
                .param("now", timestamp(now))
                .update();
    }

    /** Notes how far a run is; {@code ended} null = it goes on. */
    void note(UUID id, Tally tally, @Nullable String problem, @Nullable Instant ended) {
        jdbc.sql("""
                update run set planned = :planned::json, done = :done::json, messages = :messages::json,
                    look_ups = :lookUps, problem = :problem, finished_at = :ended
                where id = :id
                """)
                .param("planned", json.writeValueAsString(tally.planned()))
                .param("done", json.writeValueAsString(tally.done()))
                .param("messages", json.writeValueAsString(tally.messages()))
                .param("lookUps", tally.lookUps())
                .param("problem", problem, Types.VARCHAR)
                .param("ended", timestamp(ended))
                .param("id", id)
                .update();
    }

    /** Notes how the server fares; a problem keeps its first date. */
    void fares(String workflow, String server, @Nullable String problem, Instant now) {
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
                .param("now", timestamp(now))
                .update();
    }
}
