package io.acmpintune.engine.job.relay;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.relay.HandOverRepository.Claimed;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The table {@code job_target}, where targets are that were claimed and certainly not given to the connector. */
@Repository
class KeptTargets {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    KeptTargets(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Notes that targets were claimed and not given to the connector after all. */
    void keep(Collection<TargetClaims.Key> keys) {
        jdbc.sql("""
                update job_target set unsent = true
                from unnest(:jobs, :clients) as row (job, client_id)
                where job_target.job = row.job and job_target.client_id = row.client_id
                    and action is null and state = 'QUEUED'
                """)
                .param("jobs", uuids(keys, TargetClaims.Key::job))
                .param("clients", uuids(keys, TargetClaims.Key::client))
                .update();
    }

    /** Notes until when kept targets have to wait, as the connector has answered, and why. */
    void defer(Collection<HandOverRepository.Answer> answers) {
        jdbc.sql("""
                update job_target set not_before = row.until, problem = row.reason::json, changed = job.revision
                from unnest(:jobs, :clients, :untils, :reasons) as row (job, client_id, until, reason), job
                where job_target.job = row.job and job_target.client_id = row.client_id and job.id = row.job and unsent
                """)
                .param("jobs", uuids(answers, answer -> answer.key().job()))
                .param("clients", uuids(answers, answer -> answer.key().client()))
                .param("untils", timestamps(answers, answer -> Objects.requireNonNull(answer.until())))
                .param("reasons", texts(answers, answer -> json.writeValueAsString(answer.refusal())))
                .update();
    }

    /** Jobs with kept targets that need not wait any longer. */
    List<UUID> jobs(String workflow, Instant now) {
        return jdbc.sql("""
                select distinct target.job from job_target target join job on job.id = target.job
                where job.workflow = :workflow and target.unsent and target.state = 'QUEUED'
                    and (target.not_before is null or target.not_before <= :now)
                """)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Takes kept targets up again: from now on they may have reached the connector. */
    List<Claimed> takeUp(UUID job, Instant now) {
        return jdbc.sql("""
                update job_target set unsent = false, not_before = null, problem = null
                where job = :job and unsent and state = 'QUEUED' and (not_before is null or not_before <= :now)
                returning client_id, device
                """)
                .param("job", job)
                .param("now", timestamp(now))
                .query((row, _) -> Claimed.of(row))
                .list();
    }
}
