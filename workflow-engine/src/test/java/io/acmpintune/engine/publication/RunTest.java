package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run sends, and what it leaves in the history of runs. */
class RunTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    RunTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void theSecondRunSendsNothingAndLaterRunsSendOnlyChanges() {
        configure(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        phones.enrol(0, 2_000);
        publish();
        long before = writes();
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(writes()).isEqualTo(before);

        phones.rename(700, 1_200, "RENAMED-");
        publish();

        assertThat(writes() - before).isLessThanOrEqualTo(6);
        assertThat(IntStream.range(0, 2_000).filter(i -> acmp.inside().timesSaved(phones.acmpId(i)) == 2))
                .hasSize(500)
                .allMatch(i -> i >= 700 && i < 1_200);
        assertThat(lastRun()).satisfies(run -> {
            assertThat(run.done()).isEqualTo(Map.of("UPDATE", 500));
            assertThat(run.planned()).isEqualTo(Map.of("UPDATE", 500, "UNCHANGED", 1_500));
            assertThat(run.messages()).isEqualTo(Map.of("SaveClients", 3, "SaveMobileDevices", 3));
        });
    }

    @Test
    void smallChangesThatArrivePageByPageArePublishedTogether() {
        imported(20);
        workflow = TestWorkflows.with(workflow, new Publishing(200, Publishing.LookUp.ALL, 3,
                Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ofSeconds(5)));
        ClientPublisher publisher = publisher();
        publisher.run(lane());
        long before = writes();

        for (int page = 0; page < 4; page++) {
            phones.enrol(20 + page, 21 + page);
            assertThat(publisher.run(lane())).isEqualTo(Duration.ofSeconds(5));
            clock.advance(Duration.ofSeconds(4));
        }
        assertThat(writes()).isEqualTo(before);
        clock.advance(Duration.ofSeconds(1));
        assertThat(publisher.run(lane())).isEqualTo(IDLE);

        assertThat(writes() - before).isEqualTo(2);
        assertThat(status().acknowledged()).isEqualTo(24);
    }

    @Test
    void aRunWithoutWorkLeavesARowOnlyIfItWasRequested() {
        phones.enrol(0, 2);
        publish();
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);

        Runs.Run requested = runs.request(workflow, ADA).getFirst();
        assertThat(requested.state()).isEqualTo(Runs.State.REQUESTED);
        publish();

        assertThat(runs.get(workflow, requested.id())).satisfies(run -> {
            assertThat(run.state()).isEqualTo(Runs.State.FINISHED);
            assertThat(run.requestedBy()).isEqualTo("Ada");
            assertThat(run.planned()).isEqualTo(Map.of("UNCHANGED", 2));
            assertThat(run.done()).isEmpty();
        });
    }

    @Test
    void aRequestedRunStartsAgainAfterAnInterruption() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        phones.enrol(0, 2);
        Runs.Run requested = runs.request(workflow, ADA).getFirst();
        database.jdbc().sql("update run set started_at = now()").update();

        publish();

        assertThat(runs.get(workflow, requested.id()).done()).isEqualTo(Map.of("CREATE", 2));
    }

    @Test
    void withApplyOnRequestOnlyRequestedRunsWriteToAcmp() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        phones.enrol(0, 3);

        publish();
        assertThat(writes()).isZero();
        assertThat(plan().counts()).isEqualTo(Map.of(PlanKind.CREATE, 2, PlanKind.LINK, 1));

        runs.request(workflow, ADA);
        publish();
        assertThat(status().acknowledged()).isEqualTo(3);

        phones.rename(0, 1, "RENAMED-");
        long before = writes();
        publish();
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void decisionsRunsAndRetriesAreAudited() {
        imported(100);
        phones.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();

        holds.decide(workflow, hold.id(), true, ADA, hold.revision());
        runs.request(workflow, Requester.of("user:ada"));
        parked.retry(workflow, null, null, Requester.of("user:ada"));

        assertThat(database.jdbc().sql("""
                select event || ' ' || actor || ' ' || coalesce(on_behalf_of, '-') || ' ' || target_kind
                from audit_entry order by seq desc limit 3
                """).query(String.class).list()).containsExactly("PARKED_RETRIED user:ada - WORKFLOW",
                "RUN_STARTED user:ada - RUN", "HOLD_DECIDED token:api Ada HOLD");
    }
}
