package io.acmpintune.engine.job.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/**
 * The table {@code job_target} as the relay lane moves it: claimed, handed to the connector, followed there. Whoever calls a
 * method that writes holds the jobs concerned.
 */
@Repository
class HandOverRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HandOverRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A running job with targets that are not claimed. */
    record Backlog(UUID job, QueryAction action, int unclaimed) {}

    /** The oldest running jobs with targets that are not claimed; of each, at most {@code most} are counted. */
    List<Backlog> backlogs(String workflow, Collection<QueryAction> actions, int most) {
        return jdbc.sql("""
                select job.id, job.query_action, left_over.count
                from job cross join lateral (
                    select count(*) as count from (
                        select 1 from job_target
                        where job = job.id and claimed_at is null and state = 'QUEUED' limit :most) counted) left_over
                where job.workflow = :workflow and job.state = 'RUNNING' and job.query_action = any(:actions)
                    and left_over.count > 0
                order by job.created_at, job.id
                """)
                .param("workflow", workflow)
                .param("actions", texts(actions, Enum::name))
                .param("most", most)
                .query((row, _) -> new Backlog(row.getObject(1, UUID.class), QueryAction.valueOf(row.getString(2)),
                        row.getInt(3)))
                .list();
    }

    /** How many of a kind the connector may have and has not sent, as far as is known. */
    int unsent(String workflow, QueryAction action) {
        return jdbc.sql("""
                select count(*) from job_target target join job on job.id = target.job
                where job.workflow = :workflow and job.query_action = :action
                    and target.claimed_at is not null and target.state = 'QUEUED'
                """).param("workflow", workflow).param("action", action.name()).query(Integer.class).single();
    }

    /** A target that is being handed over. */
    record Claimed(UUID clientId, String device) {

        static Claimed of(ResultSet row) throws SQLException {
            return new Claimed(row.getObject("client_id", UUID.class), row.getString("device"));
        }
    }

    /** Marks targets as being handed over: from now on they may have reached the connector. */
    List<Claimed> claim(UUID job, int count, Instant now) {
        return jdbc.sql("""
                update job_target set claimed_at = :now
                where job = :job and client_id in (
                    select client_id from job_target
                    where job = :job and claimed_at is null and state = 'QUEUED' order by client_id limit :count)
                returning client_id, device
                """)
                .param("job", job)
                .param("now", timestamp(now))
                .param("count", count)
                .query((row, _) -> Claimed.of(row))
                .list();
    }

    /**
     * A claimed target whose action is not known.
     *
     * @param expected the device as the operator saw it
     * @param sealedCode the job's encrypted unlock code; null = none
     */
    record InHand(UUID job, UUID clientId, DeviceId device, ExpectedDevice expected, QueryAction queryAction,
            String requestedBy,
            @Nullable String justification, JobParameters parameters, @Nullable String sealedCode) {}

    List<InHand> inHand(String workflow, int limit) {
        return jdbc.sql("""
                select target.job, target.client_id, target.device, target.serial, target.device_name, target.owner,
                    target.ownership, job.query_action, job.requested_by,
                    job.justification, job.parameters, job.unlock_code
                from job_target target join job on job.id = target.job
                where job.workflow = :workflow and target.claimed_at is not null and target.action is null
                    and not target.handed and not target.lost and not target.unsent
                order by target.claimed_at, target.job, target.client_id limit :limit
                """).param("workflow", workflow).param("limit", limit).query((row, _) -> inHand(row)).list();
    }

    private InHand inHand(ResultSet row) throws SQLException {
        String parameters = row.getString("parameters");
        String ownership = row.getString("ownership");
        return new InHand(row.getObject("job", UUID.class), row.getObject("client_id", UUID.class),
                new DeviceId(row.getString("device")),
                new ExpectedDevice(row.getString("serial"), row.getString("device_name"), row.getString("owner"),
                        ownership == null ? null : new OwnerType(ownership)),
                QueryAction.valueOf(row.getString("query_action")),
                row.getString("requested_by"), row.getString("justification"),
                parameters == null ? JobParameters.NONE : json.readValue(parameters, JobParameters.class),
                row.getString("unlock_code"));
    }

    /** True when the target was taken back since. */
    boolean takenBack(UUID job, UUID client) {
        return jdbc.sql("select cancel_by is not null from job_target where job = :job and client_id = :client")
                .param("job", job)
                .param("client", client)
                .query(Boolean.class)
                .single();
    }

    /**
     * What the connector answered to the order of a target: an action, or why it takes none.
     *
     * @param until when it may be asked again; null = it need not be
     */
    record Answer(InHand target, @Nullable DeviceAction action, @Nullable Problem refusal, @Nullable Instant until) {

        TargetClaims.Key key() {
            return new TargetClaims.Key(target.job(), target.clientId());
        }
    }

    /** Notes the actions that the connector made, each with the state that it answered. */
    List<Moved> relayed(List<Answer> answers) {
        jdbc.sql("""
                update job_target set action = row.action
                from unnest(:jobs, :clients, :actions) as row (job, client_id, action)
                where job_target.job = row.job and job_target.client_id = row.client_id
                """)
                .param("jobs", uuids(answers, answer -> answer.target().job()))
                .param("clients", uuids(answers, answer -> answer.target().clientId()))
                .param("actions", uuids(answers, HandOverRepository::actionOf))
                .update();
        return follow(answers.stream().map(Answer::action).filter(action -> action != null).toList());
    }

    private static @Nullable UUID actionOf(Answer answer) {
        DeviceAction action = answer.action();
        return action == null ? null : action.id();
    }

    /** Ends targets that never became an action, or that were never sent. */
    void end(UUID job, Collection<UUID> clients, String state, Problem reason, Instant now) {
        jdbc.sql("""
                update job_target set state = :state, handed = true, state_at = :now, problem = :reason::json,
                    cancel_by = null, changed = (select revision from job where id = :job)
                where job = :job and client_id = any(:clients)
                """)
                .param("state", state)
                .param("now", timestamp(now))
                .param("reason", json.writeValueAsString(reason))
                .param("job", job)
                .param("clients", clients.toArray(UUID[]::new))
                .update();
    }

    /** The jobs whose targets these actions are. */
    List<UUID> jobsOf(Collection<DeviceAction> actions) {
        return jdbc.sql("select distinct job from job_target where action = any(:actions)")
                .param("actions", uuids(actions, DeviceAction::id))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** A target whose action was told of, with its state before and after. */
    record Moved(UUID job, UUID clientId, String device, @Nullable UUID action, ActionState from, ActionState to,
            @Nullable Problem problem) {}

    /**
     * Takes the states of actions over to their targets; an action of nobody's job changes nothing. What is newer is told by
     * the revision, because the connector's clock is not ours.
     */
    List<Moved> follow(List<DeviceAction> actions) {
        return jdbc.sql("""
                update job_target set state = row.state, state_at = row.at, handed = job_target.handed or row.handed,
                    problem = row.problem::json, revision = row.revision, lost = false, changed = job.revision
                from unnest(:actions, :states, :ats, :handed, :problems, :revisions)
                    as row (action, state, at, handed, problem, revision), job, job_target before
                where job_target.action = row.action and job.id = job_target.job
                    and before.job = job_target.job and before.client_id = job_target.client_id
                    and (job_target.revision is null or job_target.revision <= row.revision)
                returning job_target.job, job_target.client_id, job_target.device, job_target.action,
                    before.state, job_target.state, job_target.problem
                """)
                .param("actions", uuids(actions, DeviceAction::id))
                .param("states", texts(actions, action -> action.state().name()))
                .param("ats", timestamps(actions, action -> action.stateAt()))
                .param("handed", actions.stream()
                        .map(action -> action.state().isHandedOver() || action.state().isFinal())
                        .toArray(Boolean[]::new))
                .param("problems",
                        texts(actions,
                                action -> action.problem() == null ? null : json.writeValueAsString(action.problem())))
                .param("revisions", actions.stream().map(DeviceAction::revision).toArray(Long[]::new))
                .query((row, _) -> moved(row, json))
                .list();
    }

    static Moved moved(ResultSet row, JsonMapper json) throws SQLException {
        String problem = row.getString(7);
        return new Moved(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3),
                row.getObject(4, UUID.class), ActionState.valueOf(row.getString(5)),
                ActionState.valueOf(row.getString(6)),
                problem == null ? null : json.readValue(problem, Problem.class));
    }

    /** A target that is to be taken back at the connector. */
    record Withdrawal(UUID job, UUID clientId, UUID action, String by) {}

    List<Withdrawal> withdrawals(String workflow, int limit) {
        return jdbc.sql("""
                select target.job, target.client_id, target.action, target.cancel_by
                from job_target target join job on job.id = target.job
                where job.workflow = :workflow and target.cancel_by is not null and target.action is not null
                limit :limit
                """)
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> new Withdrawal(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class), row.getString(4)))
                .list();
    }

    /** The connector has been asked, or needs not be any more. */
    void withdrawn(Withdrawal withdrawal) {
        jdbc.sql("update job_target set cancel_by = null where job = :job and client_id = :client")
                .param("job", withdrawal.job())
                .param("client", withdrawal.clientId())
                .update();
    }
}
