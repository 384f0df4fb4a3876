package io.acmpintune.engine.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class JobsTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final UUID GONE = new UUID(3, 3);
    private static final UUID STRANGER = new UUID(4, 4);

    private final JobBench bench = new JobBench();
    private final EngineDatabase database = bench.database;
    private final TestClock clock = bench.clock;
    private final Jobs jobs = bench.jobs;

    @BeforeEach
    void clients() {
        database.client(ONE, "device-1", false);
        database.client(TWO, "device-2", false);
        database.client(GONE, "device-3", true);
    }

    @Test
    void aJobHasATargetForEachClient() {
        Job job = jobs.start(order(ONE, TWO), ANNA, "key");

        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.createdAt()).isEqualTo(clock.instant());
        assertThat(job.finishedAt()).isNull();
        assertThat(job.requestedBy()).isEqualTo("anna");
        assertThat(job.outcome()).containsOnly(Map.entry(ActionState.QUEUED, 2));
        assertThat(job.targets()).extracting(Job.Target::clientId, Job.Target::device, Job.Target::name)
                .containsExactly(tuple(ONE, "device-1", "device-1"),
                        tuple(TWO, "device-2", "device-2"));
        assertThat(jobs.find(job.id())).contains(job);
    }

    @Test
    void twoHundredStartsAtOnceWithOneKeyAreOneJob() {
        Set<UUID> ids;
        try (ExecutorService callers = Executors.newFixedThreadPool(25)) {
            List<Future<UUID>> starts = IntStream.range(0, 200)
                    .mapToObj(_ -> callers.submit(() -> jobs.start(order(ONE, TWO), ANNA, "key").id()))
                    .toList();
            ids = starts.stream().map(JobsTest::join).collect(Collectors.toSet());
        }

        assertThat(ids).hasSize(1);
        assertThat(database.jdbc().sql("select count(*) from job_target").query(Integer.class).single()).isEqualTo(2);
    }

    @Test
    void whatWasOrderedForAClientUnderAnyOfItsIdsIsToldTheNewestFirst() {
        database.knownInAcmp("device-1", STRANGER);
        Job first = jobs.start(order(ONE, TWO), ANNA, "key");
        clock.advance(Duration.ofMinutes(1));
        Job second = jobs.start(order(STRANGER), ANNA, "another key");
        jobs.start(order(TWO), ANNA, "a third key");

        assertThat(jobs.ofClient(first.workflow(), ONE, 10)).extracting(ClientAction::job)
                .containsExactly(second.id(), first.id());
        assertThat(jobs.ofClient(first.workflow(), ONE, 1)).singleElement().satisfies(action -> {
            assertThat(action.queryAction()).isEqualTo(second.queryAction());
            assertThat(action.requestedBy()).isEqualTo("anna");
            assertThat(action.createdAt()).isEqualTo(second.createdAt());
            assertThat(action.target().clientId()).isEqualTo(STRANGER);
        });
        assertThat(jobs.ofClient("Another_1", ONE, 10)).isEmpty();
    }

    @Test
    void theSameKeyWithAnotherOrderIsRefused() {
        Job job = jobs.start(order(ONE), ANNA, "key");

        Problem problem = assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> jobs.start(order(ONE, TWO), ANNA, "key"))
                .actual()
                .problem();
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.kind()).isEqualTo(ProblemKind.IDEMPOTENCY_KEY_REUSED);
        assertThat(problem.detail()).contains(job.id().toString());
        assertThat(problem.remedy()).contains("new key");
        assertThat(jobs.start(order(TWO), ANNA, "another key").id()).isNotEqualTo(job.id());
    }

    @Test
    void aClientThatIsNoneOfOursIsRefusedAndTheOthersGoOn() {
        Job job = jobs.start(order(ONE, STRANGER), ANNA, "key");

        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.targets()).filteredOn(target -> target.clientId().equals(STRANGER))
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.state()).isEqualTo(ActionState.REFUSED);
                    assertThat(target.device()).isNull();
                    assertThat(kind(target)).isEqualTo(ProblemKind.UNKNOWN_CLIENT);
                });
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.QUEUED);
    }

    @Test
    void aJobOfWhichNothingCanBeSentIsFinishedAtOnce() {
        Job job = jobs.start(order(STRANGER, GONE), ANNA, "key");

        assertThat(job.state()).isEqualTo(JobState.FINISHED);
        assertThat(job.finishedAt()).isEqualTo(clock.instant());
        assertThat(job.outcome()).containsOnly(Map.entry(ActionState.REFUSED, 2));
        assertThat(job.targets()).extracting(JobsTest::kind)
                .containsExactlyInAnyOrder(ProblemKind.UNKNOWN_CLIENT, ProblemKind.NO_DEVICE);
    }

    @Test
    void aClientIsAlsoFoundUnderTheIdThatAcmpKeepsItUnder() {
        database.knownInAcmp("device-2", STRANGER);

        Job job = jobs.start(order(STRANGER), ANNA, "key");

        assertThat(job.targets()).singleElement().satisfies(target -> {
            assertThat(target.device()).isEqualTo("device-2");
            assertThat(target.state()).isEqualTo(ActionState.QUEUED);
        });
    }

    @Test
    void whoAskedForAJobIsKeptWithItAndNotLogged(CapturedOutput output) {
        Job job = jobs.start(new JobOrder(TestWorkflows.NAME, QueryAction.SYNCHRONIZE, List.of(ONE), "canary-person"),
                ANNA, "key");

        assertThat(job.requestedBy()).isEqualTo("canary-person");
        assertThat(output).contains("Job " + job.id()).doesNotContain("canary-person");
    }

    @Test
    void anUnknownJobIsNone() {
        assertThat(jobs.find(STRANGER)).isEmpty();
    }

    private static JobOrder order(UUID... clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.SYNCHRONIZE, List.of(clients), "anna");
    }

    private static @Nullable ProblemKind kind(Job.Target target) {
        Problem problem = target.problem();
        return problem == null ? null : problem.kind();
    }

    private static UUID join(Future<UUID> start) {
        try {
            return start.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("A start failed", e);
        }
    }
}
