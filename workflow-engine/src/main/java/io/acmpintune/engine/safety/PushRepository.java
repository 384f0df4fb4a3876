package io.acmpintune.engine.safety;

import java.sql.Types;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.database.UrgentDatabase;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code emergency_stop_push}: what the connector of each workflow has acknowledged. On the connections of the emergency stop. */
@Repository
class PushRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PushRepository(UrgentDatabase urgent, JsonMapper json) {
        this.jdbc = urgent.jdbc();
        this.json = json;
    }

    /**
     * Returns changes that a workflow's connector has not acknowledged, and active stops that it acknowledged before a moment:
     * a connector with a new database has lost them.
     */
    List<EmergencyStop> due(String workflow, Instant before) {
        return jdbc
                .sql("""
                        select stop.* from (select distinct on (scope) * from emergency_stop order by scope, id desc) as stop
                            left join emergency_stop_push push on push.workflow = :workflow and push.scope = stop.scope
                        where stop.scope in (:workflow, '*')
                            and (push.revision is null or push.revision < stop.revision
                                or (stop.lifted_at is null and (push.acknowledged_at is null or push.acknowledged_at < :before)))
                        order by stop.lifted_at is null desc, stop.scope
                        """)
                .param("workflow", workflow)
                .param("before", timestamp(before))
                .query((row, _) -> StopRepository.stop(row))
                .list();
    }

    void acknowledged(String workflow, EmergencyStop stop, Instant now) {
        save(workflow, stop.workflow(), stop.revision(), now, null);
    }

    void failed(String workflow, EmergencyStop stop, Problem problem) {
        save(workflow, stop.workflow(), 0, null, problem);
    }

    private void save(String workflow, String scope, long revision, @Nullable Instant acknowledged,
            @Nullable Problem problem) {
        jdbc.sql("""
                insert into emergency_stop_push (workflow, scope, revision, acknowledged_at, problem)
                values (:workflow, :scope, :revision, :at, :problem::json)
                on conflict (workflow, scope) do update
                    set revision = greatest(emergency_stop_push.revision, excluded.revision),
                        acknowledged_at = coalesce(excluded.acknowledged_at, emergency_stop_push.acknowledged_at),
                        problem = excluded.problem
                """)
                .param("workflow", workflow)
                .param("scope", scope)
                .param("revision", revision)
                .param("at", timestamp(acknowledged))
                .param("problem", problem == null ? null : json.writeValueAsString(problem), Types.VARCHAR)
                .update();
    }

    /**
     * What a workflow's connector has acknowledged of a stop.
     *
     * @param revision the newest acknowledged one; 0 = none
     */
    record Push(long revision, @Nullable Instant acknowledgedAt, @Nullable Problem problem) {}

    Push push(String workflow, String scope) {
        return jdbc.sql("select * from emergency_stop_push where workflow = :workflow and scope = :scope")
                .param("workflow", workflow)
                .param("scope", scope)
                .query((row, _) -> {
                    String problem = row.getString("problem");
                    return new Push(row.getLong("revision"),
                            nullableInstant(row, "acknowledged_at"),
                            problem == null ? null : json.readValue(problem, Problem.class));
                })
                .optional()
                .orElseGet(() -> new Push(0, null, null));
    }
}
