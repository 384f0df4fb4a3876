package io.acmpintune.engine.job.relay;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.relay.HandOverRepository.Moved;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code job_target}, where targets are of whose actions the connector may know nothing any more. */
@Repository
class LostTargets {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    LostTargets(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The connector has another feed, so its database is another one: of every action it had, it is to be seen whether it
     * still knows it. A target that it was being given counts with them, unless twice is harmless.
     */
    int lose(String workflow) {
        return jdbc.sql("""
                update job_target set lost = true, revision = null
                from job
                where job.id = job_target.job and job.workflow = :workflow and job_target.claimed_at is not null
                    and (job_target.action is not null or job.query_action <> 'SYNCHRONIZE')
                    and job_target.state in ('QUEUED', 'SENDING', 'AWAITING_APPROVAL', 'ACCEPTED', 'PENDING',
                        'UNCERTAIN', 'NEEDS_DECISION')
                    and not (job.query_action = 'SEND_NOTIFICATION' and job_target.state = 'ACCEPTED')
                """).param("workflow", workflow).update();
    }

    /** Jobs with targets that are lost. */
    List<UUID> jobs(String workflow) {
        return jdbc.sql("""
                select distinct target.job from job_target target join job on job.id = target.job
                where job.workflow = :workflow and target.lost
                """).param("workflow", workflow).query((row, _) -> row.getObject(1, UUID.class)).list();
    }

    /** Ends the targets of which the connector's new database knows nothing. */
    List<Moved> giveUp(UUID job, Instant now) {
        return jdbc.sql("""
                update job_target set handed = true, lost = false, cancel_by = null, unsent = false, not_before = null,
                    problem = json_build_object('type', 'urn:acmp-intune:problem:outcome-unknown',
                        'title', 'Outcome unknown', 'status', 0,
                        'detail', 'The connector has a new database, which does not know this action; it was last '
                            || replace(lower(before.state), '_', '-') || '.',
                        'remedy', 'Look at the device in Intune''s admin center before the action is started again.'),
                    state = 'FAILED', state_at = :now, changed = (select revision from job where id = :job)
                from job_target before
                where job_target.job = :job and job_target.lost
                    and before.job = job_target.job and before.client_id = job_target.client_id
                returning job_target.job, job_target.client_id, job_target.device, job_target.action,
                    before.state, job_target.state, job_target.problem
                """)
                .param("job", job)
                .param("now", timestamp(now))
                .query((row, _) -> HandOverRepository.moved(row, json))
                .list();
    }
}
