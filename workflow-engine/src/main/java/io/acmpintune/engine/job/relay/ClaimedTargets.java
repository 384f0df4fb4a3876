package io.acmpintune.engine.job.relay;

import org.springframework.stereotype.Repository;

import io.acmpintune.engine.safety.HandOversUnderWay;
import io.acmpintune.runtime.database.UrgentDatabase;

/** Counts claimed targets for whoever presses the emergency stop. */
@Repository
class ClaimedTargets implements HandOversUnderWay {

    private final UrgentDatabase urgent;

    ClaimedTargets(UrgentDatabase urgent) {
        this.urgent = urgent;
    }

    @Override
    public int count(String scope) {
        return urgent.jdbc().sql("""
                select count(*) from job_target join job on job.id = job_target.job
                where job_target.stage = 'CLAIMED' and (:scope = '*' or job.workflow = :scope)
                """).param("scope", scope).query(Integer.class).single();
    }
}
