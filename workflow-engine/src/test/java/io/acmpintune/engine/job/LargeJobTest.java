package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionState;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

/** A job on as many clients as one may have: its rows are few statements, whatever their number. */
class LargeJobTest {

    private static final Logger log = LoggerFactory.getLogger(LargeJobTest.class);

    private final JobBench bench = new JobBench();

    @Test
    void tenThousandClientsAreOneJobOfBoundedStatements() {
        bench.database.jdbc()
                .sql("""
                        with made as (
                            insert into device (workflow, device, match_state, client_id, explanation, since, source)
                            select :workflow, 'device-' || i, 'LINKED', lpad(to_hex(i), 32, '0')::uuid, 'Made by a test.', now(),
                                json_build_object('id', 'device-' || i, 'operatingSystem', 'Windows', 'serialNumber', 'S' || i)
                            from generate_series(1, 10000) i)
                        insert into client (workflow, device, created_for, client_id, name, removed, client_record,
                            client_fingerprint, device_record, device_fingerprint, stable_fingerprint, changed_at, created_at)
                        select :workflow, 'device-' || i, 'device-' || i, lpad(to_hex(i), 32, '0')::uuid, 'PC' || i, false, '{}',
                            '\\x01', '{}', '\\x02', '\\x03', now(), now()
                        from generate_series(1, 10000) i
                        """)
                .param("workflow", TestWorkflows.NAME)
                .update();
        List<UUID> clients = IntStream.rangeClosed(1, 10_000).mapToObj(i -> new UUID(0, i)).toList();
        JobOrder order = new JobOrder(TestWorkflows.NAME, QueryAction.RETIRE, clients, null, null, "anna", null,
                null, null, null, new Confirmation(true, clients.size()));

        long begin = System.nanoTime();
        Job job = bench.jobs.start(order, ANNA, "key");
        long made = System.nanoTime();
        Job again = bench.jobs.start(order, ANNA, "key");
        log.info("A job on 10,000 clients: {} ms, the same again: {} ms", (made - begin) / 1_000_000,
                (System.nanoTime() - made) / 1_000_000);

        assertThat(again.id()).isEqualTo(job.id());
        assertThat(job.targetCount()).isEqualTo(10_000);
        assertThat(job.outcome()).containsEntry(ActionState.QUEUED, 10_000);
        assertThat(job.targets()).as("to be read in pages").isNull();
        // one transaction, one insert of all targets: rows of a statement share its transaction and command id
        assertThat(bench.database.jdbc()
                .sql("select count(distinct (xmin::text, cmin::text)) from job_target")
                .query(Integer.class)
                .single()).isEqualTo(1);
        assertThat(pages(job)).isEqualTo(10_000);
        assertThatClaimsUseTheIndex(job);
    }

    /** A late claim of a large job reads the few targets that it claims, not those that are closed. */
    private void assertThatClaimsUseTheIndex(Job job) {
        bench.database.jdbc().sql("""
                update job_target set stage = 'CLOSED', state = 'ACCEPTED' where client_id in (
                    select client_id from job_target order by client_id limit 9500)
                """).update();
        bench.database.jdbc().sql("analyze job_target").update();
        assertThat(String.join("\n", bench.database.jdbc().sql("""
                explain select client_id from job_target
                where job = :job and stage = 'UNCLAIMED' order by client_id limit 100
                """).param("job", job.id()).query(String.class).list())).contains("job_target_open")
                .doesNotContain("Sort");
    }

    private int pages(Job job) {
        int seen = 0;
        UUID after = null;
        do {
            Job.TargetPage page = bench.jobs.targets(job.id(), null, after, 1_000);
            seen += page.targets().size();
            after = page.next();
        } while (after != null);
        return seen;
    }
}
