package io.acmpintune.engine.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class PreviewsTest {

    private static final Preview.Window ALL = new Preview.Window(Preview.Show.ALL, null, 100);
    private static final UUID LINUX = new UUID(3, 3);
    private static final UUID GONE = new UUID(4, 4);
    private static final UUID DOUBTED = new UUID(5, 5);
    private static final UUID STRANGER = new UUID(6, 6);

    private final JobBench bench = new JobBench();

    @Test
    void whoIsReachedAndWhoIsNotIsToldWithTheReasonAndNothingIsStored() {
        clients();
        bench.start(QueryAction.RETIRE, TWO);

        Preview preview = bench.previews.of(
                JobBench.order(QueryAction.RETIRE, ONE, TWO, LINUX, GONE, DOUBTED, STRANGER), ANNA, ALL);

        assertThat(preview.targets()).extracting(Preview.Line::clientId, line -> kind(line.refusal()))
                .containsExactly(tuple(ONE, null), tuple(TWO, ProblemKind.ACTION_IN_PROGRESS),
                        tuple(LINUX, ProblemKind.PLATFORM_NOT_SUPPORTED), tuple(GONE, ProblemKind.NO_DEVICE),
                        tuple(DOUBTED, ProblemKind.MATCH_CONFLICT), tuple(STRANGER, ProblemKind.UNKNOWN_CLIENT));
        assertThat(preview.reached()).isEqualTo(1);
        assertThat(preview.refused()).isEqualTo(5);
        assertThat(preview.refusals()).containsEntry("no-device", 1).hasSize(5);
        assertThat(preview.targets().getFirst()).satisfies(line -> {
            assertThat(line.serial()).isEqualTo("S-1");
            assertThat(line.owner()).isEqualTo("anna@example.com");
            assertThat(line.ownership()).isEqualTo("company");
        });
        assertThat(bench.jobs.page(null, null, null, null, null, null, null, 10).jobs()).hasSize(1);
    }

    @Test
    void aJobRefusesWhatThePreviewSaidItWould() {
        clients();
        bench.start(QueryAction.RETIRE, TWO);

        Job job = bench.start(QueryAction.RETIRE, ONE, TWO, LINUX, GONE, DOUBTED, STRANGER);

        assertThat(job.targets()).isNotNull()
                .extracting(Job.Target::clientId, target -> kind(target.problem()))
                .containsExactly(tuple(ONE, null), tuple(TWO, ProblemKind.ACTION_IN_PROGRESS),
                        tuple(LINUX, ProblemKind.PLATFORM_NOT_SUPPORTED), tuple(GONE, ProblemKind.NO_DEVICE),
                        tuple(DOUBTED, ProblemKind.MATCH_CONFLICT), tuple(STRANGER, ProblemKind.UNKNOWN_CLIENT));
        assertThat(bench.database.jdbc()
                .sql("select disruptive + destructive from safety_order where subject = :job")
                .param("job", job.id())
                .query(Integer.class)
                .single()).as("what the safety limits count").isEqualTo(1);
        assertThat(bench.target(job, ONE).serial()).isEqualTo("S-1");
    }

    @Test
    void aSynchronizationMindsNeitherAConflictNorAnotherOne() {
        clients();
        bench.start(QueryAction.SYNCHRONIZE, ONE, DOUBTED);

        assertThat(bench.previews.of(JobBench.order(QueryAction.SYNCHRONIZE, ONE, DOUBTED), ANNA, ALL).refused())
                .isZero();
    }

    @Test
    void aPreviewSaysWhetherTheJobWouldNeedAnApprovalAndWhy() {
        JobBench strict = new JobBench(1, 10);
        clients();

        assertThat(preview(strict, ONE).approval()).isEqualTo(new Preview.Start(false, null, null));
        assertThat(preview(strict, ONE, TWO).approval()).satisfies(start -> {
            assertThat(start.needed()).isTrue();
            assertThat(start.reason()).contains("2 devices");
            assertThat(start.refusal()).isNull();
        });
        strict.safety.stops.stop(SafetyBench.WORKFLOW, null, SafetyBench.OPERATOR);
        assertThat(preview(strict, ONE).approval()).satisfies(start -> {
            assertThat(start.needed()).isFalse();
            assertThat(start.refusal()).isNotNull()
                    .extracting(Problem::kind)
                    .isEqualTo(ProblemKind.EMERGENCY_STOP);
        });
        assertThat(preview(strict, STRANGER).approval()).as("no device would be reached")
                .isEqualTo(new Preview.Start(false, null, null));
    }

    @Test
    void aPageShowsTheRefusedAloneAndTellsWhereTheNextBegins() {
        clients();
        JobOrder order = JobBench.order(QueryAction.RETIRE, ONE, LINUX, GONE, STRANGER);

        Preview first = bench.previews.of(order, ANNA, new Preview.Window(Preview.Show.REFUSED, null, 2));
        assertThat(first.targets()).extracting(Preview.Line::clientId).containsExactly(LINUX, GONE);
        Preview second = bench.previews.of(order, ANNA, new Preview.Window(Preview.Show.REFUSED, first.next(), 2));
        assertThat(second.targets()).extracting(Preview.Line::clientId).containsExactly(STRANGER);
        assertThat(second.next()).isNull();
        assertThat(second.refused()).isEqualTo(3);
    }

    @Test
    void aFilterFindsWhatFitsAllThatIsGiven() {
        clients();

        assertThat(found(ClientFilter.in(State.PRESENT))).containsExactly(ONE, TWO, LINUX,
                DOUBTED);
        assertThat(found(new ClientFilter("s-1", null, null, null, null, null, null, State.PRESENT)))
                .containsExactly(ONE);
        assertThat(found(new ClientFilter("ANNA@", "windows", null, null, "company", null, null, State.PRESENT)))
                .containsExactly(ONE);
        assertThat(found(new ClientFilter("%", null, null, null, null, null, null, State.PRESENT))).isEmpty();
        assertThat(found(new ClientFilter(null, null, null, null, null, null, bench.clock.instant(), State.PRESENT)))
                .containsExactly(ONE);
        assertThat(found(new ClientFilter(null, null, null, null, null, bench.clock.instant(), null, State.PRESENT)))
                .isEmpty();
    }

    @Test
    void aFilterThatFindsAnotherNumberThanPreviewedDoesNothingAndSaysWhatChanged() {
        clients();
        ClientSet three = ClientSet.of(List.of(ONE, TWO, LINUX));

        Problem problem = refusal(filtered(three));
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.kind()).isEqualTo(ProblemKind.CLIENT_SET_CHANGED);
        assertThat(problem.detail()).contains("finds 4 clients now, not the 3 that were previewed");
        assertThat(bench.jobs.page(null, null, null, null, null, null, null, 10).jobs()).isEmpty();

        JobOrder order = filtered(previewed());
        Job job = bench.jobs.start(order, ANNA, "key");
        assertThat(job.targetCount()).isEqualTo(4);
        bench.database.client(new UUID(8, 8), "later", false);
        assertThat(bench.jobs.start(order, ANNA, "key").id()).as("the key stands for it").isEqualTo(job.id());
    }

    @Test
    void anOrderByFilterNeverReachesAClientThatReplacedAPreviewedOne() {
        clients();
        ClientSet seen = previewed();
        bench.database.jdbc()
                .sql("update client set removed = true where client_id = :two")
                .param("two", TWO)
                .update();
        bench.database.client(new UUID(8, 8), "later", false);

        Problem problem = refusal(filtered(seen));

        assertThat(problem.kind()).isEqualTo(ProblemKind.CLIENT_SET_CHANGED);
        assertThat(problem.detail()).contains("finds 4 clients now, others than the 4 that were previewed");
        assertThat(bench.jobs.start(filtered(previewed()), ANNA, "key").targetCount()).isEqualTo(4);
    }

    private Problem refusal(JobOrder order) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bench.jobs.start(order, ANNA, "key"))
                .actual()
                .problem();
    }

    private ClientSet previewed() {
        return Objects.requireNonNull(bench.previews.of(filtered(null), ANNA, ALL).clientSet());
    }

    private static JobOrder filtered(@Nullable ClientSet clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.SYNCHRONIZE, List.of(),
                ClientFilter.in(State.PRESENT), clients, "anna", null, null, null, null, Confirmation.NONE);
    }

    private List<UUID> found(ClientFilter filter) {
        return bench.previews
                .of(new JobOrder(TestWorkflows.NAME, QueryAction.SYNCHRONIZE, List.of(), filter, null, "anna", null,
                        null, null, null, Confirmation.NONE), ANNA, ALL)
                .targets()
                .stream()
                .map(Preview.Line::clientId)
                .toList();
    }

    private static Preview preview(JobBench bench, UUID... clients) {
        return bench.previews.of(JobBench.order(QueryAction.WIPE, clients), ANNA, ALL);
    }

    private void clients() {
        Map.of(ONE, "device-1", TWO, "device-2", LINUX, "device-3", DOUBTED, "device-5")
                .forEach((client, device) -> bench.database.client(client, device, false));
        bench.database.client(GONE, "device-4", true);
        source("device-1", """
                {"id":"device-1","operatingSystem":"Windows","serialNumber":"S-1","managedDeviceOwnerType":"company",
                "userPrincipalName":"anna@example.com"}
                """);
        source("device-3", """
                {"id":"device-3","operatingSystem":"Linux"}
                """);
        bench.database.jdbc().sql("""
                update client set operating_system = 'Windows', ownership = 'company', last_sync = '2020-01-01'
                where device = 'device-1'
                """).update();
        bench.database.jdbc().sql("""
                update device set serial_number = 'S-1', user_name = 'anna@example.com' where device = 'device-1'
                """).update();
        bench.database.jdbc().sql("""
                insert into device (workflow, device, match_state, explanation, candidates, since, source)
                values (:workflow, 'rival', 'CONFLICT', 'Two may be it.', array[:client], now(), '{"id":"rival"}')
                """).param("workflow", TestWorkflows.NAME).param("client", DOUBTED).update();
    }

    private void source(String device, String json) {
        bench.database.jdbc()
                .sql("update device set source = :json::json where device = :device")
                .param("json", json)
                .param("device", device)
                .update();
    }

    private static @Nullable ProblemKind kind(@Nullable Problem problem) {
        return problem == null ? null : problem.kind();
    }
}
