package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.database.Columns;
import io.acmpintune.runtime.database.Parameters;
import io.acmpintune.runtime.problem.ProblemException;

/** Requests runs of workflows, and lists them. */
@Component
public class Runs {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {
    };

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PublishLanes lanes;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;

    Runs(JdbcClient jdbc, TransactionOperations transactions, PublishLanes lanes, Audit audit, JsonMapper json,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lanes = lanes;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** Progress of a run. */
    public enum State {
        REQUESTED, RUNNING, FINISHED
    }

    /**
     * One run for one ACMP server.
     *
     * @param requestedBy who requested it; null = an automatic run
     * @param planned clients by kind in the run's first plan; null = not planned yet
     * @param done clients by kind that the server acknowledged; {@code PARKED} are those that it refused
     * @param messages messages sent, by command
     * @param lookUps clients that were looked up in the server
     * @param duration in milliseconds; null = not finished
     * @param problem why it ended early; null = it did not
     */
    public record Run(UUID id, String server, State state, @Nullable String requestedBy, @Nullable Instant requestedAt,
            @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Map<String, Integer> planned,
            @Nullable Map<String, Integer> done, @Nullable Map<String, Integer> messages, int lookUps,
            @Nullable Long duration, @Nullable String problem) {}

    /** Requests a run for each of the workflow's ACMP servers, to start at once. */
    public List<Run> request(Workflow workflow, Requester requester) {
        Instant now = clock.instant();
        List<UUID> ids = transactions.execute(_ -> {
            List<String> servers = workflow.servers().stream().map(AcmpServer::id).toList();
            lanes.recordRequest(workflow, servers);
            List<UUID> added = servers.stream()
                    .map(server -> add(workflow, server, requester.displayName(), now))
                    .toList();
            audit.record(added.stream()
                    .map(run -> AuditEvent.of(AuditEventType.RUN_STARTED, requester)
                            .in(workflow.name())
                            .to(AuditTarget.Kind.RUN, run.toString()))
                    .toList());
            return added;
        });
        log.info("Run requested (workflow={}, by={})", workflow, requester.actor());
        lanes.wake(workflow);
        return ids.stream().flatMap(id -> find(workflow, id).stream()).toList();
    }

    private UUID add(Workflow workflow, String server, String requestedBy, Instant now) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into run (id, workflow, acmp_server, trigger, requested_by, requested_at)
                values (:id, :workflow, :server, 'REQUEST', :by, :now)
                """)
                .param("id", id)
                .param("workflow", workflow.name())
                .param("server", server)
                .param("by", requestedBy)
                .param("now", Parameters.timestamp(now))
                .update();
        return id;
    }

    /**
     * Returns a run.
     *
     * @throws ProblemException 404 if there is none
     */
    public Run get(Workflow workflow, UUID id) {
        return find(workflow, id).orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_RUN,
                workflow + " has no run " + id + ".",
                "Check the list of runs. Runs are kept for 90 days, and automatic runs without work are not kept.")));
    }

    private Optional<Run> find(Workflow workflow, UUID id) {
        return jdbc.sql("select * from run where workflow = :workflow and id = :id")
                .param("workflow", workflow.name())
                .param("id", id)
                .query((row, _) -> run(row))
                .optional();
    }

    /**
     * Returns runs, the newest first.
     *
     * @param server only of this ACMP server; null = of all
     * @param after the last run of the previous page; null = from the newest
     */
    public List<Run> page(Workflow workflow, @Nullable String server, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select * from run
                where workflow = :workflow and (:server::text is null or acmp_server = :server)
                    and (:after::uuid is null or (coalesce(started_at, requested_at), id) <
                        (select coalesce(started_at, requested_at), id from run where id = :after::uuid))
                order by coalesce(started_at, requested_at) desc, id desc limit :limit
                """)
                .param("workflow", workflow.name())
                .param("server", server, Types.VARCHAR)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, _) -> run(row))
                .list();
    }

    private Run run(ResultSet row) throws SQLException {
        Instant started = Columns.nullableInstant(row, "started_at");
        Instant finished = Columns.nullableInstant(row, "finished_at");
        return new Run(row.getObject("id", UUID.class), row.getString("acmp_server"),
                finished != null ? State.FINISHED : started != null ? State.RUNNING : State.REQUESTED,
                row.getString("requested_by"), Columns.nullableInstant(row, "requested_at"), started, finished,
                counts(row, "planned"), counts(row, "done"), counts(row, "messages"), row.getInt("look_ups"),
                started == null || finished == null ? null : Duration.between(started, finished).toMillis(),
                row.getString("problem"));
    }

    private @Nullable Map<String, Integer> counts(ResultSet row, String column) throws SQLException {
        String stored = row.getString(column);
        return stored == null ? null : json.readValue(stored, COUNTS);
    }
}
