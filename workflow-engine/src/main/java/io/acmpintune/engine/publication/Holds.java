package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.database.Columns;
import io.acmpintune.runtime.database.Parameters;
import io.acmpintune.runtime.problem.ProblemException;

/** Lists the sets of clients that guards hold, and takes decisions about them. */
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

    /** State of a hold. */
    public enum State {
        /** Not decided; the set follows the plan. */
        WAITING,
        /** The set is applied. */
        RELEASED,
        /** The set is not applied; a client that changes leaves it. */
        REJECTED
    }

    /**
     * A set of clients that a guard holds for an ACMP server.
     *
     * @param count clients of the set
     * @param serverClients clients that the server has
     * @param revision counts the changes of the set
     */
    public record Hold(UUID id, String server, Guard kind, int count, int serverClients, int revision, String reason,
            Instant since, State state, @Nullable String decidedBy, @Nullable Instant decidedAt) {}

    /**
     * A client of a hold.
     *
     * @param done whether the decision about it has ended: it was applied, or the client has changed
     */
    public record HeldClient(UUID clientId, @Nullable String name, @Nullable String device, boolean removed,
            boolean done) {}

    /**
     * Request to decide about a hold.
     *
     * @param release true = apply the set, false = reject it; null = missing
     * @param revision the revision that the decision is about; null = the current one
     */
    public record HoldDecision(@Nullable Boolean release, @Nullable String decidedBy, @Nullable Integer revision) {}

    /** Returns waiting holds, then decided ones, the newest first. */
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

    /**
     * Returns a hold.
     *
     * @throws ProblemException 404 if there is none
     */
    public Hold get(Workflow workflow, UUID id) {
        return jdbc.sql("select * from hold where workflow = :workflow and id = :id")
                .param("workflow", workflow.name())
                .param("id", id)
                .query((row, _) -> hold(row))
                .optional()
                .orElseThrow(() -> unknown(workflow, id));
    }

    /**
     * Returns clients of a hold in the order of ids.
     *
     * @param after only clients with a greater id; null = from the first
     */
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
     * Releases or rejects exactly the current set of a hold, with immediate effect.
     *
     * @param seen the revision that the decision is about; null = the current one
     * @throws ProblemException 404 for an unknown hold; 409 if it is decided already, or its set has changed
     */
    public Hold decide(Workflow workflow, UUID id, boolean release, Requester requester, @Nullable Integer seen) {
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
                    .param("by", requester.displayName())
                    .param("now", Parameters.timestamp(clock.instant()))
                    .param("id", id)
                    .update();
            lanes.recordRequest(workflow, List.of(hold.server()));
            Hold after = get(workflow, id);
            audit.record(AuditEvent.of(AuditEventType.HOLD_DECIDED, requester)
                    .in(workflow.name())
                    .to(AuditTarget.Kind.HOLD, id.toString())
                    .changing(facts(hold), facts(after)));
            return after;
        });
        log.info("Hold of {} clients {} (workflow={}, server={}, hold={}, by={})", decided.count(),
                release ? "released" : "rejected", workflow, decided.server(), id, requester.actor());
        lanes.wake(workflow, decided.server());
        return decided;
    }

    private static AuditValues facts(Hold hold) {
        return AuditValues.none()
                .with("kind", hold.kind())
                .with("state", hold.state())
                .with("clients", hold.count())
                .with("revision", hold.revision());
    }

    private static ProblemException unknown(Workflow workflow, UUID id) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_HOLD, workflow + " has no hold " + id + ".",
                "Check the list of holds. A hold is removed once nothing of its set is left to do."));
    }

    private static void check(Hold hold, @Nullable Integer seen) {
        if (hold.state() != State.WAITING) {
            throw new ProblemException(Problem.of(ProblemKind.HOLD_DECIDED,
                    hold.decidedBy() + " decided at " + hold.decidedAt() + ": " + hold.state() + ".",
                    "A decision is final. Clients that are held later are in a new hold."));
        }
        if (seen != null && seen != hold.revision()) {
            throw new ProblemException(
                    Problem.of(ProblemKind.HOLD_CHANGED,
                            "The set has changed since revision " + seen + ": revision " + hold.revision() + " has "
                                    + hold.count() + " clients.",
                            "Review the set and decide about its current revision."));
        }
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(row.getObject("id", UUID.class), row.getString("acmp_server"),
                Guard.valueOf(row.getString("kind")), row.getInt("count"), row.getInt("server_clients"),
                row.getInt("revision"),
                row.getString("reason"), Columns.instant(row, "since"),
                State.valueOf(row.getString("state")), row.getString("decided_by"),
                Columns.nullableInstant(row, "decided_at"));
    }
}
