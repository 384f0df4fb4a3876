package io.acmpintune.engine.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.client.ClientSearch.Facet;
import io.acmpintune.engine.client.ClientSearch.Order;
import io.acmpintune.engine.client.ClientSearch.Page;
import io.acmpintune.engine.client.ClientSearch.Row;
import io.acmpintune.engine.client.ClientSearch.SortKey;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Fleet;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Among fifty thousand clients, of which every 61st has left, every 97th is refused and every 53rd not published yet. */
class ClientSearchTest {

    private static final int FLEET = 50_000;
    private static final ClientSearch.Order BY_USER = new ClientSearch.Order(ClientSearch.SortKey.USER, false);
    private static final Workflow STRICT = TestWorkflows.workflow(URI.create("http://localhost:8081"), 200);
    private static final Workflow OPEN = TestWorkflows.with(STRICT, new PersonalDataPolicy(true, true, true));
    private static final ClientFilter PRESENT = ClientFilter.in(State.PRESENT);
    private static final Order BY_NAME = new Order(SortKey.NAME, false);

    private static EngineDatabase database;
    private static ClientSearch clients;

    @BeforeAll
    static void fleet() {
        database = EngineDatabase.empty();
        new Fleet(database.jdbc(), TestWorkflows.NAME).insert(FLEET);
        await().atMost(Duration.ofMinutes(2)).until(ClientSearchTest::vacuumed);
        clients = new ClientSearch(database.jdbc());
    }

    /**
     * The snapshot of an autovacuum may keep rows from being visible to all, which makes index-only scans look expensive. Pages that are
     * not used yet never become visible.
     */
    private static boolean vacuumed() {
        database.jdbc().sql("vacuum analyze client, device, acknowledgement").update();
        return database.jdbc().sql("""
                select bool_and(relallvisible > 0.95 * relpages) from pg_class
                where oid in ('client'::regclass, 'device'::regclass, 'acknowledgement'::regclass)
                """).query(Boolean.class).single();
    }

    @Test
    void pagesHoldEveryClientOnce() {
        ClientFilter filter = filter("nguyen", State.ANY);
        int total = clients.count(OPEN, filter);
        List<UUID> seen = new ArrayList<>();
        for (int offset = 0; offset < total; offset += 500) {
            Page page = clients.page(OPEN, filter, BY_NAME, offset, 500);
            assertThat(page.total()).isEqualTo(total);
            page.rows().forEach(row -> seen.add(row.clientId()));
        }

        assertThat(total).isBetween(3_000, 4_500);
        assertThat(seen).hasSize(total).doesNotHaveDuplicates();
        assertThat(clients.ids(OPEN, filter, FLEET)).containsExactlyInAnyOrderElementsOf(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NB-BER-00012", "nb-ber-00012", "B-BER-00012", "clara.yilmaz@", "C20AD4D76F"})
    void clientsAreFoundByPartsOfNameUserAndSerialNumberInAnyCase(String part) {
        assertThat(rows(filter(part, State.ANY))).isNotEmpty()
                .allSatisfy(row -> assertThat(row.name() + " " + row.userName() + " " + row.serialNumber())
                        .containsIgnoringCase(part));
    }

    @Test
    void usersOfPersonalDevicesAreFoundOnlyWhereTheyAreShown() {
        ClientFilter filter = filter("clara.yilmaz@", State.ANY);

        List<ClientSearch.Row> found = clients.page(STRICT, filter, BY_USER, 0, FLEET).rows();

        assertThat(found).isNotEmpty().noneMatch(row -> "personal".equals(row.ownership()));
        assertThat(rows(filter)).anyMatch(row -> "personal".equals(row.ownership()));
        assertThat(clients.page(STRICT, filter(null, State.ANY), BY_USER, 0, 50).rows())
                .noneMatch(row -> "personal".equals(row.ownership()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "%25", "' or 1=1 --"})
    void wildcardsAreSearchedLiterally(String sign) {
        assertThat(rows(filter(sign, State.ANY))).allSatisfy(
                row -> assertThat(row.name() + " " + row.userName() + " " + row.serialNumber()).contains(sign));
    }

    @Test
    void allCriteriaApplyTogether() {
        Instant since = Instant.now().minus(Duration.ofDays(30));
        ClientFilter filter = new ClientFilter(null, "Windows", "ctWindows", "noncompliant", "company", since, null,
                State.PRESENT);

        assertThat(rows(filter)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.operatingSystem()).isEqualTo("Windows");
            assertThat(row.compliance()).isEqualTo("noncompliant");
            assertThat(row.ownership()).isEqualTo("company");
            assertThat(row.lastSync()).isAfter(since);
            assertThat(row.removed()).isFalse();
        });
        assertThat(rows(new ClientFilter(null, null, null, null, null, null, since, State.PRESENT))).isNotEmpty()
                .allSatisfy(row -> assertThat(row.lastSync()).isBefore(since));
    }

    @Test
    void everyPresentClientIsAcknowledgedWaitingOrParked() {
        assertThat(count(State.ANY)).isEqualTo(FLEET);
        assertThat(count(State.REMOVED)).isEqualTo(FLEET / 61);
        assertThat(count(State.PRESENT)).isEqualTo(FLEET - FLEET / 61);
        assertThat(count(State.PARKED)).isEqualTo(FLEET / 97 - FLEET / (97 * 53));
        assertThat(rows(filter(null, State.PARKED))).allSatisfy(row -> assertThat(row.parked()).contains("ACMP-1: "));
        assertThat(rows(filter(null, State.WAITING))).isNotEmpty()
                .allSatisfy(row -> assertThat(row.acknowledged()).isEmpty())
                .allSatisfy(row -> assertThat(row.parked()).isNull());
        assertThat(rows(filter(null, State.ACKNOWLEDGED)))
                .allSatisfy(row -> assertThat(row.acknowledged()).containsExactly("ACMP-1"));
        int parkedAndPresent = count(State.PRESENT) - count(State.ACKNOWLEDGED) - count(State.WAITING);
        assertThat(parkedAndPresent).isBetween(1, count(State.PARKED));
    }

    @Test
    void aClientIsAcknowledgedOnlyIfEveryServerHasIt() {
        Workflow both = TestWorkflows.with(OPEN,
                List.of(new AcmpServer("ACMP-1", "acmp", "acmp"), new AcmpServer("ACMP-2", "acmp", "acmp")));

        assertThat(clients.count(both, filter(null, State.ACKNOWLEDGED))).isZero();
    }

    @ParameterizedTest
    @EnumSource(SortKey.class)
    void everyColumnSortsBothWays(SortKey key) {
        Comparator<Row> order = Comparator.comparing(row -> column(row, key),
                Comparator.nullsLast(Comparator.naturalOrder()));

        assertThat(clients.page(OPEN, PRESENT, new Order(key, false), 0, 500).rows())
                .isSortedAccordingTo(order);
        assertThat(clients.page(OPEN, PRESENT, new Order(key, true), 0, 500).rows())
                .isSortedAccordingTo(order.reversed());
    }

    @Test
    void facetsCountEveryPresentClientOnce() {
        assertThat(clients.facets(TestWorkflows.NAME).stream().mapToInt(Facet::count).sum())
                .isEqualTo(count(State.PRESENT));
    }

    @Test
    void aPageAfterTheLastIsEmptyButHasTheTotal() {
        Page page = clients.page(OPEN, PRESENT, BY_NAME, FLEET, 50);

        assertThat(page.rows()).isEmpty();
        assertThat(page.total()).isEqualTo(count(State.PRESENT));
    }

    @Test
    void clientsOfOtherWorkflowsAreNotFound() {
        assertThat(clients.count(TestWorkflows.named(OPEN, "Nobody_1"), filter(null, State.ANY))).isZero();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void pagesAreFoundInIndexesAndReadFewRows(State state) {
        for (SortKey key : SortKey.values()) {
            assertReadsLittle(ClientFilter.in(state), new Order(key, true), 0);
        }
        assertReadsLittle(filter("hoffmann", state), BY_NAME, 0);
        assertReadsLittle(ClientFilter.in(state), BY_NAME, 40_000);
    }

    private static void assertReadsLittle(ClientFilter filter, Order order, int offset) {
        database.transactions().executeWithoutResult(_ -> {
            Reads before = reads();
            clients.page(OPEN, filter, order, offset, 50);
            Reads after = reads();
            assertThat(after.scans()).as("sequential scans, %s by %s", filter, order).isEqualTo(before.scans());
            assertThat(after.rows() - before.rows()).as("rows read, %s by %s", filter, order).isLessThan(FLEET / 10);
        });
    }

    /** Reads of the transaction's connection; PostgreSQL adds up those of several transactions. */
    private record Reads(long scans, long rows) {}

    private static Reads reads() {
        return database.jdbc().sql("""
                select sum(seq_scan), sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables
                where relname in ('client', 'device', 'acknowledgement')
                """).query((row, _) -> new Reads(row.getLong(1), row.getLong(2))).single();
    }

    private static @Nullable String column(Row row, SortKey key) {
        return switch (key) {
            case NAME -> lower(row.name());
            case TYPE -> row.clientType();
            case USER -> lower(row.userName());
            case COMPLIANCE -> row.compliance();
            case OWNERSHIP -> row.ownership();
            case CONTACT -> String.valueOf(row.lastSync());
        };
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static List<Row> rows(ClientFilter filter) {
        return clients.page(OPEN, filter, BY_NAME, 0, 200).rows();
    }

    private static int count(State state) {
        return clients.count(OPEN, filter(null, state));
    }

    private static ClientFilter filter(@Nullable String search, State state) {
        return new ClientFilter(search, null, null, null, null, null, null, state);
    }
}
