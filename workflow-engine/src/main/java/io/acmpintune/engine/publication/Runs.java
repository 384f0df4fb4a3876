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
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.audit.Author;
import io.acmpintune.engine.audit.Target;
import io.acmpintune.engine.workflow.Workflow;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The runs of workflows: asked for, and told. */
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

    /** How far a run is. */
    public enum State {
        ASKED, RUNNING, FINISHED
    }

    /**
     * One run for one ACMP server.
     *
     * @param requestedBy who asked for it; null = the service by itself
     * @param planned clients by kind, as the run's first plan counted them; null = not planned yet
     * @param done clients by kind, as the server acknowledged them; {@code PARKED} are those that it refused
     * @param messages messages sent, by command
     * @param lookUps clients for which the server was asked
     * @param duration in milliseconds; null = not finished
     * @param problem why it ended before all was told; null = it did not
     */
    public record Run(UUID id, String server, State state, @Nullable String requestedBy, @Nullable Instant requestedAt,
            @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Map<String, Integer> planned,
            @Nullable Map<String, Integer> done, @Nullable Map<String, Integer> messages, int lookUps,
            @Nullable Long duration, @Nullable String problem) {}

    /** Stores the wish for a run in each of the workflow's ACMP servers, and has it begun at once. */
    public List<Run> ask(Workflow workflow, Author author) {
        Instant now = clock.instant();
        List<UUID> ids = transactions.execute(_ -> {
            List<String> servers = workflow.servers().stream().map(AcmpServer::id).toList();
            lanes.note(workflow, servers);
            List<UUID> added = servers.stream().map(server -> add(workflow, server, author.shown(), now)).toList();
            audit.record(added.stream()
                    .map(run -> AuditEvent.of(AuditedEvent.RUN_STARTED, author)
                            .in(workflow.name())
                            .to(Target.Kind.RUN, run.toString()))
                    .toList());
            return added;
        });
        log.info("{} asked for a run of {}", author.actor(), workflow);
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
                .param("now", timestamp(now))
                .update();
        return id;
    }

    public Optional<Run> find(Workflow workflow, UUID id) {
        return jdbc.sql("select * from run where workflow = :workflow and id = :id")
                .param("workflow", workflow.name())
                .param("id", id)
                .query((row, _) -> run(row))
                .optional();
    }

    /**
     * Runs, the newest first.
     *
     * @param server of one ACMP server only; null = of all
     * @param after the last run of the page before; null = from the newest
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
        Instant started = nullableInstant(row, "started_at");
        Instant finished = nullableInstant(row, "finished_at");
        return new Run(row.getObject("id", UUID.class), row.getString("acmp_server"),
                finished != null ? State.FINISHED : started != null ? State.RUNNING : State.ASKED,
                row.getString("requested_by"), nullableInstant(row, "requested_at"), started, finished,
                counts(row, "planned"), counts(row, "done"), counts(row, "messages"), row.getInt("look_ups"),
                started == null || finished == null ? null : Duration.between(started, finished).toMillis(),
                row.getString("problem"));
    }

    private @Nullable Map<String, Integer> counts(ResultSet row, String column) throws SQLException {
        String stored = row.getString(column);
        return stored == null ? null : json.readValue(stored, COUNTS);
    }
}
