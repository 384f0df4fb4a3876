package io.acmpintune.engine.job;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.TestClients;
import io.acmpintune.engine.fixture.Fleet;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.database.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

/** A job by filter selects exactly the clients that the list shows under the same filter. */
class FilteredJobTest {

    private static final int FLEET = 600;
    private static final int ALL = 10_000;
    private static final PersonalDataPolicy OPEN = new PersonalDataPolicy(true, true, true);
    private static final Instant BOUNDARY = Instant.parse("2026-03-04T05:06:07.890123Z");

    private static JobBench bench;
    private static JobBench openBench;

    @BeforeAll
    static void fleet() {
        bench = new JobBench();
        openBench = new JobBench(OPEN);
        new Fleet(bench.database.jdbc(), TestWorkflows.NAME).insert(FLEET);
        update("compliance = null", "name like '%3'");
        update("ownership = null", "name like '%5'");
        update("ownership = 'unknown'", "name like '%15'");
        bench.database.jdbc()
                .sql("update client set last_sync = :boundary where name like '%7'")
                .param("boundary", Parameters.timestamp(BOUNDARY))
                .update();
    }

    private static void update(String set, String where) {
        bench.database.jdbc().sql("update client set " + set + " where " + where).update();
    }

    static Stream<ClientFilter> filters() {
        return Stream.of(
                Stream.of(State.values()).map(ClientFilter::in),
                Stream.of("nb-ber-0001", "IPHONE-", "c20ad4", "clara.YILMAZ@", "no such client")
                        .map(text -> filter(Map.of("search", text))),
                Stream.of("Windows", "windows", "IOS").map(text -> filter(Map.of("operatingSystem", text))),
                Stream.of("ctAndroid", "CTANDROID").map(text -> filter(Map.of("clientType", text))),
                Stream.of("noncompliant", "NonCompliant", "unknown", "Unknown")
                        .map(text -> filter(Map.of("compliance", text))),
                Stream.of("company", "Personal", "unknown", "UNKNOWN")
                        .map(text -> filter(Map.of("ownership", text))),
                Stream.of(BOUNDARY, BOUNDARY.plusNanos(1_000), BOUNDARY.minusNanos(1_000))
                        .flatMap(time -> Stream.of(
                                new ClientFilter(null, null, null, null, null, time, null, State.PRESENT),
                                new ClientFilter(null, null, null, null, null, null, time, State.PRESENT))),
                Stream.of(new ClientFilter("nguyen", "windows", "ctwindows", "compliant", "company",
                        BOUNDARY.minus(Duration.ofDays(1)), Instant.now().plusSeconds(60), State.ANY)))
                .flatMap(some -> some);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void listCountPreviewAndJobAgree(ClientFilter filter) {
        agree(bench, PersonalDataPolicy.STRICT, filter);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void listCountPreviewAndJobAgreeWherePersonalUsersAreShown(ClientFilter filter) {
        agree(openBench, OPEN, filter);
    }

    @Test
    void timesAreComparedInclusivelyFromBelow() {
        List<UUID> since = list(PersonalDataPolicy.STRICT,
                new ClientFilter(null, null, null, null, null, BOUNDARY, null, State.ANY));
        List<UUID> before = list(PersonalDataPolicy.STRICT,
                new ClientFilter(null, null, null, null, null, null, BOUNDARY, State.ANY));

        assertThat(since).hasSize(FLEET);
        assertThat(before).isEmpty();
    }

    @Test
    void theUserOfAPersonalDeviceIsNeitherFoundNorShownByAJob() {
        ClientFilter filter = filter(Map.of("search", "@contoso.example", "ownership", "personal"));

        assertThat(list(PersonalDataPolicy.STRICT, filter)).isEmpty();
        assertThat(preview(bench, filter)).isEmpty();
        assertThat(list(OPEN, filter)).isNotEmpty();
        assertThat(bench.previews.of(order(filter(Map.of("ownership", "personal")), null), JobBench.ANNA, page())
                .targets()).isNotEmpty()
                .allSatisfy(line -> assertThat(line.owner()).isNull())
                .allSatisfy(line -> assertThat(line.userHidden()).isTrue());
        assertThat(openBench.previews.of(order(filter, null), JobBench.ANNA, page()).targets()).isNotEmpty()
                .allSatisfy(line -> assertThat(line.owner()).endsWith("@contoso.example"))
                .allSatisfy(line -> assertThat(line.userHidden()).isFalse());
    }

    private static void agree(JobBench on, PersonalDataPolicy policy, ClientFilter filter) {
        Workflow workflow = workflow(policy);
        ClientSearch clients = TestClients.search(on.database.jdbc());
        List<UUID> listed = list(policy, filter);

        assertThat(clients.count(workflow, filter)).isEqualTo(listed.size());
        assertThat(clients.ids(workflow, filter, ALL)).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(keyset(clients, workflow, filter)).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(preview(on, filter)).containsExactlyInAnyOrderElementsOf(listed);
        if (!listed.isEmpty()) {
            Job job = on.jobs.start(order(filter, ClientSet.of(listed)), JobBench.ANNA, UUID.randomUUID().toString());
            assertThat(on.jobs.targets(job.id(), null, null, ALL).targets().stream().map(Job.Target::clientId))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    private static List<UUID> list(PersonalDataPolicy policy, ClientFilter filter) {
        return TestClients.search(bench.database.jdbc())
                .page(workflow(policy), filter, new ClientSearch.Order(ClientSearch.SortKey.NAME, false), 0, ALL)
                .rows()
                .stream()
                .map(ClientSearch.Row::clientId)
                .toList();
    }

    private static List<UUID> keyset(ClientSearch clients, Workflow workflow, ClientFilter filter) {
        List<UUID> found = new ArrayList<>();
        List<ClientSearch.Row> page = clients.pageAfter(workflow, filter, null, 100);
        while (!page.isEmpty()) {
            page.forEach(row -> found.add(row.clientId()));
            page = clients.pageAfter(workflow, filter, found.getLast(), 100);
        }
        return found;
    }

    private static List<UUID> preview(JobBench on, ClientFilter filter) {
        return on.previews.of(order(filter, null), JobBench.ANNA, page())
                .targets()
                .stream()
                .map(Preview.Line::clientId)
                .toList();
    }

    private static JobOrder order(ClientFilter filter, @Nullable ClientSet clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.SYNCHRONIZE, List.of(), filter, clients, "anna", null,
                null, null, null, Confirmation.NONE);
    }

    private static Preview.Window page() {
        return new Preview.Window(Preview.Show.ALL, null, ALL);
    }

    private static ClientFilter filter(Map<String, String> criteria) {
        return new ClientFilter(criteria.get("search"), criteria.get("operatingSystem"), criteria.get("clientType"),
                criteria.get("compliance"), criteria.get("ownership"), null, null, State.PRESENT);
    }

    private static Workflow workflow(PersonalDataPolicy policy) {
        return TestWorkflows.with(TestWorkflows.workflow(URI.create("http://localhost:8081"), 200), policy);
    }
}
