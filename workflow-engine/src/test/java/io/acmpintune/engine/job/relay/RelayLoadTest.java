package io.acmpintune.engine.job.relay;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.lane.LaneRun;

import static io.acmpintune.engine.job.JobBench.ONE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fifteen thousand jobs of one identity on one device each, five thousand whose targets the connector has, has deferred or may
 * not get before their approval, and as many that have ended.
 */
class RelayLoadTest {

    private static final int MANY = 15_000;
    private static final int SOME = 5_000;

    private final RelayBench bench = new RelayBench();
    private final TargetClaims claims = bench.claims();
    private final LaneRun lane = bench.database.run("relay-actions", () -> false);

    @BeforeEach
    void jobs() {
        bench.client(ONE, "device-1");
        insert(0, MANY, "RUNNING", true, "UNCLAIMED", "QUEUED", "token:flood");
        insert(100_000, SOME, "RUNNING", false, "HANDED_OVER", "QUEUED", "token:flood");
        insert(200_000, SOME, "RUNNING", false, "DEFERRED", "QUEUED", "token:flood");
        insert(300_000, SOME, "AWAITING_APPROVAL", true, "UNCLAIMED", "QUEUED", "token:flood");
        insert(400_000, SOME, "FINISHED", false, "CLOSED", "DONE", "token:flood");
        bench.database.jdbc().sql("analyze job, job_target, safety_order").update();
    }

    /** PostgreSQL plans a statement for its parameters, or after some executions for any. */
    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aRoundReadsFewRowsHoweverManyJobsWait(String plans) {
        bench.database.transactions().executeWithoutResult(_ -> {
            bench.database.jdbc().sql("set local plan_cache_mode = " + plans).update();
            long before = rowsRead();
            bench.lifecycle.applyApprovals(lane);
            assertThat(claims.claim(lane)).hasSize(TargetClaims.BATCH);
            bench.handOverRows.claimed(TestWorkflows.NAME, 200);
            bench.handOverRows.cancellations(TestWorkflows.NAME, 200);
            bench.handOverRows.jobsWithLost(TestWorkflows.NAME, 200);
            assertThat(bench.lifecycle.finishCompleted(lane)).isZero();

            assertThat(rowsRead() - before).as("rows read of jobs, targets and orders").isLessThan(4_000);
        });
    }

    @Test
    void anUrgentLockIsClaimedInTheNextRoundAndSentFirst() {
        claims.claim(lane);
        Job lock = bench.start(QueryAction.REMOTE_LOCK, ONE);

        assertThat(jobs(claims.claim(lane))).contains(lock.id());
        assertThat(bench.handOverRows.claimed(TestWorkflows.NAME, 1)).extracting(target -> target.key().job())
                .containsExactly(lock.id());
    }

    @Test
    void anotherIdentityGetsHalfOfARound() {
        insert(500_000, MANY / 100, "RUNNING", true, "UNCLAIMED", "QUEUED", "token:other");

        Set<UUID> claimed = jobs(claims.claim(lane));

        assertThat(claimed).hasSize(TargetClaims.BATCH);
        assertThat(bench.database.jdbc()
                .sql("select count(*) from job where id = any(:ids) and identity = 'token:other'")
                .param("ids", claimed.toArray(UUID[]::new))
                .query(Integer.class)
                .single()).isEqualTo(TargetClaims.BATCH / 2);
    }

    @Test
    void noMoreIsClaimedWhileTheConnectorTakesNothing() {
        assertThat(claims.claim(lane)).hasSize(TargetClaims.BATCH);
        assertThat(claims.claim(lane)).isEmpty();
    }

    @Test
    void everyJobIsClaimedOnceAndInTheOrderOfItsCreation() {
        Set<UUID> first = jobs(claims.claim(lane));
        bench.database.jdbc().sql("""
                update job_target set stage = 'CLOSED', state = 'DONE' where stage = 'CLAIMED'
                """).update();
        bench.database.jdbc().sql("""
                update job set revision = revision + 1 where id = any(:ids)
                """).param("ids", first.toArray(UUID[]::new)).update();

        assertThat(bench.lifecycle.finishCompleted(lane)).isEqualTo(first.size());
        assertThat(first).allMatch(id -> id.getLeastSignificantBits() <= TargetClaims.BATCH);
        assertThat(jobs(claims.claim(lane))).hasSize(TargetClaims.BATCH).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theEmergencyStopEndsAllJobsRoundByRound() {
        bench.safety.stops.stop("*", "test", SafetyBench.APPROVER);

        assertThat(claims.claim(lane)).isEmpty();
        assertThat(count(JobState.STOPPED)).isEqualTo(TargetClaims.BATCH);
        claims.claim(lane);
        assertThat(count(JobState.STOPPED)).isEqualTo(2 * TargetClaims.BATCH);
    }

    private int count(JobState state) {
        return bench.database.jdbc()
                .sql("select count(*) from job where state = :state")
                .param("state", state.name())
                .query(Integer.class)
                .single();
    }

    private static Set<UUID> jobs(Set<TargetKey> targets) {
        return targets.stream().map(TargetKey::job).collect(Collectors.toSet());
    }

    private long rowsRead() {
        return Objects.requireNonNull(bench.database.jdbc().sql("""
                select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables
                where relname in ('job', 'job_target', 'safety_order')
                """).query(Long.class).single());
    }

    private void insert(int from, int count, String state, boolean unclaimed, String stage, String target,
            String identity) {
        bench.database.jdbc()
                .sql("""
                        with made as (
                            insert into job (id, workflow, query_action, impact, requested_by, identity, idempotency_key, request,
                                created_at, expires_at, state, unclaimed, checked)
                            select lpad(to_hex(:from + i), 32, '0')::uuid, :workflow, :action, :impact, 'anna', :identity,
                                'key-' || (:from + i), '{}', :now::timestamptz - interval '1 hour' + i * interval '1 millisecond',
                                :now::timestamptz + interval '1 day', :state, :unclaimed, 1
                            from generate_series(1, :count) i),
                        asked as (
                            insert into safety_order (subject, workflow, kind, disruptive, destructive, identity, on_behalf_of, at, state,
                                expires_at)
                            select lpad(to_hex(:from + i), 32, '0')::uuid, :workflow, 'WIPE', 0, 1, :identity, 'anna', :now, 'PENDING',
                                :now::timestamptz + interval '1 day'
                            from generate_series(1, :count) i where :state = 'AWAITING_APPROVAL')
                        insert into job_target (job, client_id, workflow, query_action, impact, device, stage, state, state_at, claimed_at,
                            not_before, action)
                        select lpad(to_hex(:from + i), 32, '0')::uuid, :client, :workflow, :action, :impact, 'device-' || (:from + i), :stage,
                            :target, :now, case when :stage <> 'UNCLAIMED' then :now::timestamptz end,
                            case when :stage = 'DEFERRED' then :now::timestamptz + interval '1 hour' end,
                            case when :stage = 'HANDED_OVER' then gen_random_uuid() end
                        from generate_series(1, :count) i
                        """)
                .param("from", from)
                .param("count", count)
                .param("workflow", TestWorkflows.NAME)
                .param("action", "AWAITING_APPROVAL".equals(state) ? "WIPE" : "SYNCHRONIZE")
                .param("impact", "AWAITING_APPROVAL".equals(state) ? "DESTRUCTIVE" : "HARMLESS")
                .param("identity", identity)
                .param("state", state)
                .param("unclaimed", unclaimed)
                .param("stage", stage)
                .param("target", target)
                .param("client", ONE)
                .param("now", java.sql.Timestamp.from(bench.clock.instant()))
                .update();
    }
}
