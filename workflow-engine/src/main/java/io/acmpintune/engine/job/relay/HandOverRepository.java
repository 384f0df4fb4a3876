package io.acmpintune.engine.job.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.HandOverStage;
import io.acmpintune.engine.job.HandOverStage.Event;
import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/**
 * The table {@code job_target}, where the relay lane moves targets from stage to stage. Whoever calls a method that writes
 * holds the jobs concerned. It is one long class so that the statements of all stages can be compared.
 */
@Repository
class HandOverRepository {

    /** Kinds that overtake all others. */
    static final List<QueryAction> URGENT = List.of(QueryAction.WIPE, QueryAction.RETIRE, QueryAction.REMOTE_LOCK);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HandOverRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Unclaimed targets of a running job, and the identity that ordered it. */
    record Backlog(String identity, UUID job, QueryAction action, int unclaimed) {}

    /**
     * Returns the next jobs of each identity with unclaimed targets: those first that nothing holds, then the oldest. Of each
     * identity, at most {@code most} targets are read, however many wait.
     */
    List<Backlog> backlogs(String workflow, QueryAction action, int most) {
        return jdbc
                .sql("""
                        with recursive asker (identity) as (
                            (select coalesce(identity, '') from job
                                where workflow = :workflow and query_action = :action and state = 'RUNNING' and unclaimed
                                order by coalesce(identity, '') limit 1)
                            union all
                            select (select coalesce(identity, '') from job
                                where workflow = :workflow and query_action = :action and state = 'RUNNING' and unclaimed
                                    and coalesce(identity, '') > asker.identity
                                order by coalesce(identity, '') limit 1)
                            from asker where asker.identity is not null)
                        select asker.identity, target.job, count(*)
                        from asker cross join lateral (
                            select next.id as job, next.held, next.created_at
                            from (
                                select id, waiting is not null as held, created_at from job
                                where workflow = :workflow and query_action = :action and state = 'RUNNING' and unclaimed
                                    and coalesce(identity, '') = asker.identity
                                order by (waiting is not null), created_at, id limit :most) next
                            cross join lateral (
                                select 1 from job_target where job = next.id and stage = 'UNCLAIMED' limit :most) unclaimed
                            order by next.held, next.created_at, next.id limit :most) target
                        group by asker.identity, target.held, target.created_at, target.job
                        order by asker.identity, target.held, target.created_at, target.job
                        """)
                .param("workflow", workflow)
                .param("action", action.name())
                .param("most", most)
                .query((row, _) -> new Backlog(row.getString(1), row.getObject(2, UUID.class), action, row.getInt(3)))
                .list();
    }

    /** Counts the claimed targets of a kind with a destructive impact that the connector has not sent to Intune, as far as is known. */
    int countUnsentDestructive(String workflow, QueryAction action) {
        return jdbc.sql("""
                select count(*) from job_target
                where workflow = :workflow and query_action = :action and stage <> 'UNCLAIMED' and state = 'QUEUED'
                    and impact = 'DESTRUCTIVE'
                """).param("workflow", workflow).param("action", action.name()).query(Integer.class).single();
    }

    /** Counts the claimed targets that have not been handed over. */
    int countClaimed(String workflow) {
        return jdbc.sql("select count(*) from job_target where workflow = :workflow and stage = 'CLAIMED'")
                .param("workflow", workflow)
                .query(Integer.class)
                .single();
    }

    /** A target that has just been claimed. */
    record Claim(TargetKey key, String device) {}

    /** Some of the next unclaimed targets of a job: those with the same impact. */
    record Part(Impact impact, int unclaimed) {}

    /** Returns the next unclaimed targets of a job by their impact. */
    List<Part> next(UUID job, int most) {
        return jdbc.sql("""
                select impact, count(*) from (
                    select impact from job_target
                    where job = :job and stage = 'UNCLAIMED' order by client_id limit :most) next
                group by impact order by impact
                """)
                .param("job", job)
                .param("most", most)
                .query((row, _) -> new Part(Impact.valueOf(row.getString(1)), row.getInt(2)))
                .list();
    }

    /** Claims unclaimed targets of a job with an impact, in the order of their clients' ids. */
    List<Claim> claim(UUID job, Impact impact, int most, Instant now) {
        return jdbc.sql("""
                update job_target set stage = :to, claimed_at = :now
                where job = :job and client_id in (
                    select client_id from job_target
                    where job = :job and stage = 'UNCLAIMED' and impact = :impact
                    order by client_id limit :most)
                returning client_id, device
                """)
                .param("to", Event.CLAIMED.target())
                .param("job", job)
                .param("impact", impact.name())
                .param("now", timestamp(now))
                .param("most", most)
                .query((row, _) -> claim(job, row))
                .list();
    }

    /** Returns the action of the oldest running job with destructive targets that Intune has not received as far as is known. */
    Optional<QueryAction> waitingDestructive(String workflow) {
        return jdbc.sql("""
                select query_action from job
                where workflow = :workflow and state = 'RUNNING' and impact = 'DESTRUCTIVE'
                    and exists (select 1 from job_target where job = job.id
                        and stage in ('UNCLAIMED', 'CLAIMED', 'DEFERRED'))
                order by created_at limit 1
                """)
                .param("workflow", workflow)
                .query((row, _) -> QueryAction.valueOf(row.getString(1)))
                .optional();
    }

    /** Returns the running jobs that have expired, and have targets that never reached the connector. */
    List<UUID> expired(String workflow, Instant now, int most) {
        return jdbc.sql("""
                select id from job where workflow = :workflow and state = 'RUNNING' and expires_at <= :now
                    and exists (select 1 from job_target where job = job.id and stage = any(:from))
                order by expires_at limit :most
                """)
                .param("workflow", workflow)
                .param("most", most)
                .param("now", timestamp(now))
                .param("from", Event.EXPIRED.sources())
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Expires the targets of a job that never reached the connector, whether or not their waiting time is over. */
    List<TargetChange> expire(UUID job, Problem reason, Instant now) {
        return move("""
                update job_target set stage = :to, state = 'EXPIRED', state_at = :now, problem = :reason::json,
                    cancel_by = null, not_before = null, changed = (select revision from job where id = :job)
                where job = :job and stage = any(:from)
                returning job, client_id, device
                """, Event.EXPIRED)
                .param("job", job)
                .param("now", timestamp(now))
                .param("reason", json.writeValueAsString(reason))
                .query((row, _) -> new TargetChange(key(row), row.getString("device"), null, ActionState.QUEUED,
                        ActionState.EXPIRED, reason))
                .list();
    }

    /** Returns the jobs of the deferred targets that have waited longest of those whose waiting time is over. */
    List<UUID> jobsWithDeferred(String workflow, Instant now, int most) {
        return jdbc.sql("""
                select distinct job from (
                    select job from job_target
                    where workflow = :workflow and stage = 'DEFERRED' and coalesce(not_before, '-infinity') <= :now
                    order by coalesce(not_before, '-infinity') limit :most) due
                """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .param("most", most)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Claims deferred targets of a job whose waiting time is over. */
    List<Claim> claimDeferred(UUID job, int most, Instant now) {
        return jdbc.sql("""
                update job_target set stage = :to, not_before = null, problem = null
                where job = :job and client_id in (
                    select client_id from job_target
                    where job = :job and stage = 'DEFERRED' and (not_before is null or not_before <= :now)
                    order by client_id limit :most)
                returning client_id, device
                """)
                .param("to", Event.CLAIMED.target())
                .param("job", job)
                .param("now", timestamp(now))
                .param("most", most)
                .query((row, _) -> claim(job, row))
                .list();
    }

    private static Claim claim(UUID job, ResultSet row) throws SQLException {
        return new Claim(new TargetKey(job, row.getObject("client_id", UUID.class)), row.getString("device"));
    }

    /** Returns claimed targets: urgent kinds first, and of those the earliest claim. */
    List<ClaimedTarget> claimed(String workflow, int limit) {
        return jdbc.sql("""
                select target.job, target.client_id, target.device, target.serial, target.device_name, target.owner,
                    target.ownership, job.query_action, job.requested_by, job.justification, job.expires_at,
                    job.parameters, job.unlock_code
                from job_target target join job on job.id = target.job
                where target.workflow = :workflow and target.stage = 'CLAIMED'
                order by array_position(:order, target.query_action), target.claimed_at, target.job, target.client_id
                limit :limit
                """)
                .param("workflow", workflow)
                .param("order", URGENT.stream().map(Enum::name).toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> claimedTarget(row))
                .list();
    }

    private ClaimedTarget claimedTarget(ResultSet row) throws SQLException {
        String parameters = row.getString("parameters");
        String ownership = row.getString("ownership");
        return new ClaimedTarget(key(row), new DeviceId(row.getString("device")),
                new ExpectedDevice(row.getString("serial"), row.getString("device_name"), row.getString("owner"),
                        ownership == null ? null : new OwnerType(ownership)),
                QueryAction.valueOf(row.getString("query_action")), row.getString("requested_by"),
                row.getString("justification"), instant(row, "expires_at"),
                parameters == null ? JobParameters.NONE : json.readValue(parameters, JobParameters.class),
                row.getString("unlock_code"));
    }

    boolean isCancellationRequested(TargetKey target) {
        return jdbc.sql("select cancel_by is not null from job_target where job = :job and client_id = :client")
                .param("job", target.job())
                .param("client", target.clientId())
                .query(Boolean.class)
                .single();
    }

    /** Notes that claimed targets did not reach the connector. */
    void defer(Collection<TargetKey> targets) {
        move("""
                update job_target set stage = :to
                from unnest(:jobs, :clients) as row (job, client_id)
                where job_target.job = row.job and job_target.client_id = row.client_id and stage = any(:from)
                """, Event.NOT_SENT)
                .param("jobs", uuids(targets, TargetKey::job))
                .param("clients", uuids(targets, TargetKey::clientId))
                .update();
    }

    /** Notes how long deferred targets have to wait, and why. */
    void delay(List<Answer.Deferred> answers) {
        jdbc.sql("""
                update job_target set not_before = row.until, problem = row.reason::json, changed = job.revision
                from unnest(:jobs, :clients, :untils, :reasons) as row (job, client_id, until, reason), job
                where job_target.job = row.job and job_target.client_id = row.client_id and job.id = row.job
                    and stage = 'DEFERRED'
                """)
                .param("jobs", uuids(answers, answer -> answer.target().key().job()))
                .param("clients", uuids(answers, answer -> answer.target().key().clientId()))
                .param("untils", timestamps(answers, Answer.Deferred::until))
                .param("reasons", texts(answers, answer -> json.writeValueAsString(answer.reason())))
                .update();
    }

    /** Notes the actions that the connector made of claimed targets, each with its state. */
    List<TargetChange> accept(List<Answer.Accepted> answers) {
        move("""
                update job_target set stage = :to, action = row.action
                from unnest(:jobs, :clients, :actions) as row (job, client_id, action)
                where job_target.job = row.job and job_target.client_id = row.client_id and stage = any(:from)
                """, Event.ACCEPTED)
                .param("jobs", uuids(answers, answer -> answer.target().key().job()))
                .param("clients", uuids(answers, answer -> answer.target().key().clientId()))
                .param("actions", uuids(answers, answer -> answer.action().id()))
                .update();
        return report(answers.stream().map(Answer.Accepted::action).toList());
    }

    /** Closes a claimed target of which the connector has no action. */
    void close(TargetKey target, ActionState state, Problem reason, Instant now) {
        move("""
                update job_target set stage = :to, state = :state, state_at = :now, problem = :reason::json,
                    cancel_by = null, changed = (select revision from job where id = :job)
                where job = :job and client_id = :client and stage = any(:from)
                """, Event.REFUSED)
                .param("state", state.name())
                .param("now", timestamp(now))
                .param("reason", json.writeValueAsString(reason))
                .param("job", target.job())
                .param("client", target.clientId())
                .update();
    }

    /** Returns the jobs whose targets these actions are. */
    List<UUID> jobsOf(Collection<DeviceAction> actions) {
        return jdbc.sql("select distinct job from job_target where action = any(:actions)")
                .param("actions", uuids(actions, DeviceAction::id))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Applies the reported states of actions to their targets; actions of other origin are skipped. */
    List<TargetChange> report(List<DeviceAction> actions) {
        List<ReportedTarget> reported = ReportedTarget.of(known(actions), actions);
        apply(reported);
        return reported.stream().map(ReportedTarget::change).toList();
    }

    private List<ReportedTarget.Known> known(Collection<DeviceAction> actions) {
        return jdbc.sql("""
                select job, client_id, device, action, state, stage, revision from job_target
                where action = any(:actions) order by job, client_id
                """)
                .param("actions", uuids(actions, DeviceAction::id))
                .query((row, _) -> new ReportedTarget.Known(key(row), row.getString("device"),
                        row.getObject("action", UUID.class),
                        ActionState.valueOf(row.getString("state")), HandOverStage.valueOf(row.getString("stage")),
                        row.getObject("revision", Long.class)))
                .list();
    }

    private void apply(List<ReportedTarget> reports) {
        jdbc.sql("""
                update job_target set stage = row.stage, state = row.state, state_at = row.at,
                    problem = row.problem::json, revision = row.revision, changed = job.revision
                from unnest(:jobs, :clients, :stages, :states, :ats, :problems, :revisions)
                    as row (job, client_id, stage, state, at, problem, revision), job
                where job_target.job = row.job and job_target.client_id = row.client_id and job.id = row.job
                """)
                .param("jobs", uuids(reports, report -> report.target().key().job()))
                .param("clients", uuids(reports, report -> report.target().key().clientId()))
                .param("stages", texts(reports, report -> report.stage().name()))
                .param("states", texts(reports, report -> report.action().state().name()))
                .param("ats", timestamps(reports, report -> report.action().stateAt()))
                .param("problems", texts(reports, report -> text(report.action().problem())))
                .param("revisions", reports.stream().map(report -> report.action().revision()).toArray(Long[]::new))
                .update();
    }

    /** A target whose action the connector is asked to cancel. */
    record Cancellation(TargetKey key, UUID action, String by) {}

    List<Cancellation> cancellations(String workflow, int limit) {
        return jdbc.sql("""
                select job, client_id, action, cancel_by from job_target
                where workflow = :workflow and cancel_by is not null and action is not null
                limit :limit
                """)
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> new Cancellation(key(row), row.getObject("action", UUID.class),
                        row.getString("cancel_by")))
                .list();
    }

    /** Notes that the connector has been asked. */
    void cancellationSent(TargetKey target) {
        jdbc.sql("update job_target set cancel_by = null where job = :job and client_id = :client")
                .param("job", target.job())
                .param("client", target.clientId())
                .update();
    }

    /**
     * Marks the targets as lost whose actions were under way when the connector's feed was replaced. Of claimed and deferred
     * ones, those are left out that are harmless to send twice.
     *
     * @return the number of lost targets
     */
    int markLost(String workflow) {
        return move("""
                update job_target set stage = :to, revision = null
                where workflow = :workflow and stage = any(:from)
                    and (action is not null or query_action <> 'SYNCHRONIZE')
                    and state in ('QUEUED', 'SENDING', 'AWAITING_APPROVAL', 'ACCEPTED', 'PENDING', 'UNCERTAIN',
                        'NEEDS_DECISION')
                    and not (query_action = 'SEND_NOTIFICATION' and state = 'ACCEPTED')
                """, Event.FEED_REPLACED).param("workflow", workflow).update();
    }

    List<UUID> jobsWithLost(String workflow, int most) {
        return jdbc
                .sql("""
                        select distinct job from (
                            select job from job_target where workflow = :workflow and stage = 'LOST' order by job limit :most) lost
                        """)
                .param("workflow", workflow)
                .param("most", most)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Ends the lost targets of a job as failed: whether Intune accepted their actions is not known. */
    List<TargetChange> giveUp(UUID job, Instant now) {
        List<TargetChange> changes = jdbc.sql("""
                select job, client_id, device, action, state from job_target
                where job = :job and stage = 'LOST' order by client_id
                """).param("job", job).query((row, _) -> {
            ActionState last = ActionState.valueOf(row.getString("state"));
            return new TargetChange(key(row), row.getString("device"), row.getObject("action", UUID.class), last,
                    ActionState.FAILED, outcomeUnknown(last));
        }).list();
        move("""
                update job_target set stage = :to, state = 'FAILED', state_at = :now, problem = row.problem::json,
                    cancel_by = null, not_before = null, changed = (select revision from job where id = :job)
                from unnest(:clients, :problems) as row (client_id, problem)
                where job_target.job = :job and job_target.client_id = row.client_id and stage = any(:from)
                """, Event.GIVEN_UP)
                .param("job", job)
                .param("now", timestamp(now))
                .param("clients", uuids(changes, change -> change.key().clientId()))
                .param("problems", texts(changes, change -> text(change.problem())))
                .update();
        return changes;
    }

    private static Problem outcomeUnknown(ActionState last) {
        return Problem.of(ProblemKind.OUTCOME_UNKNOWN,
                "The connector has a new database, which does not know this action; it was last " + last.text() + ".",
                "Look at the device in Intune's admin center before the action is started again.");
    }

    /** Starts a statement that moves targets by an event, from {@code :from} to {@code :to}. */
    private StatementSpec move(String sql, Event event) {
        return jdbc.sql(sql).param("from", event.sources()).param("to", event.target());
    }

    private static TargetKey key(ResultSet row) throws SQLException {
        return new TargetKey(row.getObject("job", UUID.class), row.getObject("client_id", UUID.class));
    }

    private @Nullable String text(@Nullable Problem problem) {
        return problem == null ? null : json.writeValueAsString(problem);
    }
}
