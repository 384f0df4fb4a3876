package io.acmpintune.engine.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.ChainVerification.Fault;
import io.acmpintune.engine.audit.ChainVerification.Finding;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditTest {

    private static final UUID JOB = new UUID(1, 2);

    private final EngineDatabase database = EngineDatabase.empty();
    private final JdbcClient jdbc = database.jdbc();
    private final TransactionTemplate transactions = database.transactions();
    private final TestClock clock = TestClock.fixed();
    private final AuditRepository repository = new AuditRepository(jdbc, JsonMapper.shared());
    private final Audit audit = new Audit(repository, List.of(), clock);
    private final AuditTrail trail = new AuditTrail(repository, audit, jdbc, transactions);

    @BeforeEach
    void noEntries() {
        asDatabaseAdministrator("truncate audit_entry");
        jdbc.sql("update audit_head set count = 0, hash = decode(repeat('00', 32), 'hex')").update();
    }

    @Test
    void pagesCanBeReadFromEitherEnd() {
        IntStream.rangeClosed(1, 5).forEach(number -> record(event(number)));

        assertThat(trail.newest(AuditFilter.ALL, Long.MAX_VALUE, 2)).extracting(AuditEntry::seq)
                .containsExactly(5L, 4L);
        assertThat(trail.newest(AuditFilter.ALL, 4, 9)).extracting(AuditEntry::seq).containsExactly(3L, 2L, 1L);
        assertThat(trail.page(AuditFilter.ALL, 3, 9)).extracting(AuditEntry::seq).containsExactly(4L, 5L);
        assertThat(trail.find(3)).map(AuditEntry::seq).contains(3L);
        assertThat(trail.find(6)).isEmpty();
    }

    @Test
    void anEntryIsReadAsItWasRecorded() {
        record(AuditEvent.of(AuditEventType.APPROVAL_GIVEN, "token:anna")
                .onBehalfOf("CONTOSO\\carl")
                .in("IntuneMobileDevices_1")
                .to(AuditTarget.Kind.JOB, JOB.toString())
                .with(new Correlation(JOB, null, new DeviceId("d-1"), null, "request-1"))
                .changing(AuditValues.none().with("state", Fault.MISSING).with("devices", 3),
                        AuditValues.none().with("state", Fault.CHANGED).with("approved", true))
                .because("as asked for"));

        AuditEntry entry = all().getFirst();
        assertThat(entry.seq()).isEqualTo(1);
        assertThat(entry.at()).isEqualTo(clock.instant());
        assertThat(entry.actor()).isEqualTo("token:anna");
        assertThat(entry.onBehalfOf()).isEqualTo("CONTOSO\\carl");
        assertThat(entry.event()).isEqualTo("APPROVAL_GIVEN");
        assertThat(entry.targetKind()).isEqualTo("JOB");
        assertThat(entry.targetId()).isEqualTo(JOB.toString());
        assertThat(entry.correlation()).containsOnlyKeys("job", "device", "intuneRequest")
                .containsEntry("device", "d-1");
        assertThat(entry.before()).containsEntry("state", "MISSING").containsEntry("devices", "3");
        assertThat(entry.after()).containsEntry("state", "CHANGED").containsEntry("approved", "true");
        assertThat(entry.reason()).isEqualTo("as asked for");
        assertThat(trail.verify(null).intact()).isTrue();
    }

    @Test
    void withoutATransactionThereIsNoEntry() {
        assertThatThrownBy(() -> audit.record(event(1))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        assertThat(all()).isEmpty();
    }

    @Test
    void anEntryOfATransactionThatFailsIsNone() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
            audit.record(event(1));
            throw new IllegalArgumentException("the change failed");
        })).isInstanceOf(IllegalArgumentException.class);

        record(event(2));

        assertThat(all()).singleElement().extracting(AuditEntry::seq).isEqualTo(1L);
        assertThat(trail.verify(null).intact()).isTrue();
    }

    @Test
    void whereTheEntryCannotBeWrittenTheChangeIsNotMade() {
        jdbc.sql("alter table audit_entry add constraint broken check (actor <> 'token:anna')").update();
        try {
            assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                jdbc.sql("insert into workflow (name) values ('changed')").update();
                audit.record(event(1));
            })).isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.sql("alter table audit_entry drop constraint broken").update();
        }

        assertThat(jdbc.sql("select count(*) from workflow where name = 'changed'").query(Integer.class).single())
                .isZero();
    }

    @Test
    void tenThousandEventsAreTenThousandEntriesInAnUnbrokenChain() {
        List<AuditEvent> events = IntStream.range(0, 10_000).mapToObj(AuditTest::event).toList();
        transactions.executeWithoutResult(_ -> audit.record(events));

        ChainVerification verification = trail.verify(null);

        assertThat(verification.intact()).isTrue();
        assertThat(verification.entries()).isEqualTo(10_000);
        assertThat(jdbc.sql("select count(*) from audit_entry").query(Long.class).single()).isEqualTo(10_000);
    }

    @Test
    void writersAtOnceMakeOneChain() throws ExecutionException, InterruptedException {
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                AuditEvent event = event(i);
                all.add(writers.submit(() -> record(event, event)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(trail.verify(null).intact()).isTrue();
        assertThat(trail.verify(null).entries()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit_entry set reason = 'x'", "delete from audit_entry", "truncate audit_entry"})
    void entriesAreNeitherChangedNorRemoved(String statement) {
        record(event(1));

        assertThatThrownBy(() -> jdbc.sql(statement).update()).isInstanceOf(DataAccessException.class)
                .hasMessageContaining("neither changed nor removed");
        assertThat(all()).hasSize(1);
    }

    // ---- what a database administrator did

    @ParameterizedTest
    @ValueSource(strings = {"at = at + interval '1 second'", "actor = 'token:carl'", "on_behalf_of = 'carl'",
            "on_behalf_of = null", "event = 'REFUSED'", "workflow = 'Other_1'", "target_kind = 'ACTION'",
            "target_id = 'x'", "correlation = '{}'", "correlation = '{\"job\": {\"a\": [1]}}'",
            "before = '{\"state\":\"x\"}'",
            "after = null", "after = '[]'", "reason = ''", "hash = decode(repeat('ab', 32), 'hex')"})
    void aChangedEntryIsFound(String change) {
        tenEntries();

        asDatabaseAdministrator("update audit_entry set " + change + " where seq = 5");

        assertThat(findings()).contains(new Finding(Fault.CHANGED, 5, 5));
    }

    @Test
    void anEntryWhoseHashWasMadeToFitIsFound() {
        tenEntries();

        asDatabaseAdministrator("update audit_entry set actor = 'token:carl' where seq in (5, 10)");
        madeToFit(5);
        madeToFit(10);

        assertThat(findings()).containsExactly(new Finding(Fault.CHANGED, 5, 5), new Finding(Fault.CHANGED, 10, 10));
    }

    @Test
    void missingEntriesAreFoundInTheMiddleAtTheStartAndAtTheEnd() {
        tenEntries();

        asDatabaseAdministrator("delete from audit_entry where seq in (1, 5, 6, 10)");

        assertThat(findings()).containsExactly(new Finding(Fault.MISSING, 1, 1), new Finding(Fault.MISSING, 5, 6),
                new Finding(Fault.MISSING, 10, 10));
    }

    @Test
    void aMissingEntryIsFoundAlsoWhenTheOthersWereRenumbered() {
        tenEntries();

        asDatabaseAdministrator("delete from audit_entry where seq = 5",
                "update audit_entry set seq = -seq where seq > 5",
                "update audit_entry set seq = -seq - 1 where seq < 0");

        assertThat(findings()).containsExactly(new Finding(Fault.MISSING, 5, 5));
    }

    @Test
    void anInsertedEntryIsFoundAlsoWhenTheOthersMadeRoomForIt() {
        tenEntries();

        asDatabaseAdministrator("update audit_entry set seq = -seq where seq > 5",
                "update audit_entry set seq = -seq + 1 where seq < 0", copyOf(5, 6),
                "update audit_entry set previous_hash = (select hash from audit_entry where seq = 5) where seq = 6");
        madeToFit(6);

        assertThat(findings()).containsExactly(new Finding(Fault.INSERTED, 6, 6));
    }

    @Test
    void entriesInsertedBehindTheLastAndBeforeTheFirstAreFound() {
        tenEntries();

        asDatabaseAdministrator(copyOf(5, 11), copyOf(5, 0));

        assertThat(findings()).containsExactly(new Finding(Fault.INSERTED, 0, 0), new Finding(Fault.INSERTED, 11, 11));
    }

    @Test
    void anEntryThatHasTheNumberOfAnotherIsFound() {
        tenEntries();
        asDatabaseAdministrator("alter table audit_entry drop constraint audit_entry_pkey", copyOf(5, 5));
        try {
            assertThat(findings()).contains(new Finding(Fault.INSERTED, 5, 5));
        } finally {
            asDatabaseAdministrator("truncate audit_entry", "alter table audit_entry add primary key (seq)");
        }
    }

    @Test
    void aChainThatWasMadeAnewAsAWholeIsFoundWithWhatAnEarlierVerificationAnswered() {
        tenEntries();
        ChainVerification earlier = trail.verify(null);
        noEntries();
        transactions
                .executeWithoutResult(_ -> audit.record(IntStream.range(20, 31).mapToObj(AuditTest::event).toList()));

        ChainVerification now = trail.verify(new ChainVerification.Checkpoint(earlier.entries(), earlier.hash()));

        assertThat(trail.verify(null).intact()).isTrue();
        assertThat(now.findings()).containsExactly(new Finding(Fault.CHANGED, 10, 10));
    }

    // ---- what is asked

    @Test
    void entriesAreFoundByTimeActorEventTargetAndCorrelationInPages() {
        record(event(1));
        clock.advance(Duration.ofHours(1));
        record(AuditEvent.of(AuditEventType.REFUSED, "token:carl").with(Correlation.ofJob(JOB)), event(3));

        assertThat(seqs(new AuditFilter(clock.instant(), null, null, null, null))).containsExactly(2L, 3L);
        assertThat(seqs(new AuditFilter(null, clock.instant(), null, null, null))).containsExactly(1L);
        assertThat(seqs(new AuditFilter(null, null, "token:carl", null, null))).containsExactly(2L);
        assertThat(seqs(new AuditFilter(null, null, null, AuditEventType.ACTION_SENT, null))).containsExactly(1L, 3L);
        assertThat(seqs(new AuditFilter(null, null, null, null, "device-3"))).containsExactly(3L);
        assertThat(seqs(new AuditFilter(null, null, null, null, JOB.toString()))).containsExactly(2L);
        assertThat(trail.page(AuditFilter.ALL, 1, 1)).extracting(AuditEntry::seq).containsExactly(2L);
    }

    @Test
    void whatPostgresqlCannotHoldIsReplacedAndWhatIsTooLongIsCut() {
        record(event(1).because("a\0b\uD800c" + "x".repeat(3_000)));

        assertThat(all().getFirst().reason()).startsWith("a\uFFFDb\uFFFDcx").hasSize(2_000);
        assertThat(trail.verify(null).intact()).isTrue();
    }

    private static AuditEvent event(int number) {
        return AuditEvent.of(AuditEventType.ACTION_SENT, "token:anna")
                .onBehalfOf("anna")
                .in("IntuneMobileDevices_1")
                .to(AuditTarget.Kind.DEVICE, "device-" + number)
                .with(Correlation.ofJob(new UUID(0, number)))
                .changing(AuditValues.none().with("number", number), AuditValues.none().with("number", number + 1L))
                .because("number \"" + number + "\" é 🙂");
    }

    private void record(AuditEvent... events) {
        transactions.executeWithoutResult(_ -> audit.record(List.of(events)));
    }

    private void tenEntries() {
        transactions
                .executeWithoutResult(_ -> audit.record(IntStream.range(0, 10).mapToObj(AuditTest::event).toList()));
    }

    private List<AuditEntry> all() {
        return trail.page(AuditFilter.ALL, 0, 10_000);
    }

    private List<Long> seqs(AuditFilter filter) {
        return trail.page(filter, 0, 10).stream().map(AuditEntry::seq).toList();
    }

    private List<Finding> findings() {
        ChainVerification verification = trail.verify(null);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.found()).isEqualTo(verification.findings().size());
        return verification.findings();
    }

    private void asDatabaseAdministrator(String... statements) {
        jdbc.sql("alter table audit_entry disable trigger user").update();
        for (String statement : statements) {
            jdbc.sql(statement).update();
        }
        jdbc.sql("alter table audit_entry enable trigger user").update();
    }

    private static String copyOf(int seq, int as) {
        return """
                insert into audit_entry
                select %d, at, actor, on_behalf_of, event, workflow, target_kind, target_id, correlation, before, after,
                    reason, previous_hash, hash
                from audit_entry where seq = %d
                """.formatted(as, seq);
    }

    private void madeToFit(long seq) {
        AuditEntry entry = trail.page(AuditFilter.ALL, seq - 1, 1).getFirst();
        asDatabaseAdministrator("update audit_entry set hash = decode('" + EntryHash.of(entry, seq)
                + "', 'hex') where seq = " + seq);
    }
}
