package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.audit.Author;
import io.acmpintune.engine.audit.Facts;
import io.acmpintune.engine.audit.Target;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** What the guards keep back: told, and decided about. */
@Component
public class Holds {

    private static final Logger log = LoggerFactory.getLogger(Holds.class);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PublishLanes lanes;
    private final Audit audit;
    private final InstantSource clock;

    Holds(JdbcClient jdbc, TransactionOperations transactions, PublishLanes lanes, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lanes = lanes;
        this.audit = audit;
        this.clock = clock;
    }

    /** How a hold stands. */
    public enum State {
        /** Nobody has decided; the set follows what there is to do. */
        WAITING,
        /** The set is applied. */
        RELEASED,
        /** The set is not applied until a client of it changes. */
        REJECTED
    }

    /**
     * A set of clients that a guard keeps back from an ACMP server.
     *
     * @param count clients of the set
     * @param of clients that the server has
     * @param revision counts the changes of the set
     * @param reason why, with numbers
     */
    public record Hold(UUID id, String server, Guard kind, int count, int of, int revision, String reason,
            Instant since, State state, @Nullable String decidedBy, @Nullable Instant decidedAt) {}

    /**
     * A client of a hold.
     *
     * @param done whether the decision about it is used up: applied, or the client has become another matter
     */
    public record HeldClient(UUID clientId, @Nullable String name, @Nullable String device, boolean removed,
            boolean done) {}

    /**
     * What a person decides.
     *
     * @param release whether the set is applied; null = missing
     * @param revision the set that the person saw; null = the one that there is now
     */
    public record Decision(@Nullable Boolean release, @Nullable String decidedBy, @Nullable Integer revision) {}

    /** Holds that wait, then those decided lately, the newest first. */
    public List<Hold> list(Workflow workflow, int limit) {
        return jdbc.sql("""
                select * from hold where workflow = :workflow
                order by state = 'WAITING' desc, since desc, id limit :limit
                """)
                .param("workflow", workflow.name())
                .param("limit", limit)
                .query((row, _) -> hold(row))
                .list();
    }

    public Optional<Hold> find(Workflow workflow, UUID id) {
        return jdbc.sql("select * from hold where workflow = :workflow and id = :id")
                .param("workflow", workflow.name())
                .param("id", id)
                .query((row, _) -> hold(row))
                .optional();
    }

    /** The set of a hold in the order of ids, behind the given one. */
    public List<HeldClient> clients(Workflow workflow, UUID hold, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                select held.client_id, client.name, client.device, coalesce(client.removed, true) as removed,
                    held.done_at is not null as done
                from held_client held left join client on client.workflow = :workflow
                    and client.client_id = held.client_id
                where held.hold = :hold and (:after::uuid is null or held.client_id > :after::uuid)
                order by held.client_id limit :limit
                """)
                .param("workflow", workflow.name())
                .param("hold", hold)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, _) -> new HeldClient(row.getObject("client_id", UUID.class), row.getString("name"),
                        row.getString("device"), row.getBoolean("removed"), row.getBoolean("done")))
                .list();
    }

    /**
     * Releases or rejects exactly the set that there is, and has it followed at once.
     *
     * @throws ProblemException 404 for an unknown hold; 409 for one that is decided already, or whose set is not the one that the
     *             person saw
     */
    public Hold decide(Workflow workflow, UUID id, boolean release, Author author, @Nullable Integer seen) {
        Hold decided = transactions.execute(_ -> {
            Hold hold = jdbc.sql("select * from hold where workflow = :workflow and id = :id for update")
                    .param("workflow", workflow.name())
                    .param("id", id)
                    .query((row, _) -> hold(row))
                    .optional()
                    .orElseThrow(() -> unknown(workflow, id));
            check(hold, seen);
            jdbc.sql("update hold set state = :state, decided_by = :by, decided_at = :now where id = :id")
                    .param("state", (release ? State.RELEASED : State.REJECTED).name())
                    .param("by", author.shown())
                    .param("now", timestamp(clock.instant()))
                    .param("id", id)
                    .update();
            lanes.note(workflow, List.of(hold.server()));
            Hold after = find(workflow, id).orElseThrow();
            audit.record(AuditEvent.of(AuditedEvent.HOLD_DECIDED, author)
                    .in(workflow.name())
                    .to(Target.Kind.HOLD, id.toString())
                    .changing(facts(hold), facts(after)));
            return after;
        });
        log.info("{} {} hold {} of {}: {} clients of {}", author.actor(), release ? "released" : "rejected", id,
                decided.server(), decided.count(), workflow);
        lanes.wake(workflow, decided.server());
        return decided;
    }

    private static Facts facts(Hold hold) {
        return Facts.none()
                .with("kind", hold.kind())
                .with("state", hold.state())
                .with("clients", hold.count())
                .with("revision", hold.revision());
    }

    /** There is no such hold, or no longer. */
    public static ProblemException unknown(Workflow workflow, UUID id) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_HOLD, workflow + " has no hold " + id + ".",
                "Read the holds again: one whose clients are all as the server knows them is gone."));
    }

    private static void check(Hold hold, @Nullable Integer seen) {
        if (hold.state() != State.WAITING) {
            throw new ProblemException(Problem.of(ProblemKind.HOLD_DECIDED,
                    hold.decidedBy() + " has decided on " + hold.decidedAt() + ": " + hold.state() + ".",
                    "Nothing: a decision stands. What is kept back anew is in a new hold."));
        }
        if (seen != null && seen != hold.revision()) {
            throw new ProblemException(
                    Problem.of(ProblemKind.HOLD_CHANGED,
                            "The set has changed since revision " + seen + "; it is at " + hold.revision() + ", with "
                                    + hold.count() + " clients.",
                            "Look at the set again and decide with its revision."));
        }
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(row.getObject("id", UUID.class), row.getString("acmp_server"),
                Guard.valueOf(row.getString("kind")), row.getInt("count"), row.getInt("of"), row.getInt("revision"),
                row.getString("reason"), instant(row, "since"),
                State.valueOf(row.getString("state")), row.getString("decided_by"),
                nullableInstant(row, "decided_at"));
    }
}
