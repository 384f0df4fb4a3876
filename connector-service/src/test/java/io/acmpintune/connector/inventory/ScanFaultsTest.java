package io.acmpintune.connector.inventory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.simulator.graph.ListQuirks;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes wrong with Intune's list, and with us while we read it: nothing is lost, and nothing is removed on doubt. */
class ScanFaultsTest {

    private static final int DEVICES = 120;
    private static final int PAGES = 3;

    private final ScannedTenant tenant = ScannedTenant.start(DEVICES, DeviceFilter.NONE);
    private final ListQuirks lists = tenant.microsoft.tenant().lists();
    private long before;

    @BeforeEach
    void scanOnce() {
        tenant.scan();
        before = tenant.revision();
    }

    @AfterEach
    void nothingIsLost() throws IOException {
        tenant.microsoft.faults().clear();
        lists.clear();
        Scan honest = tenant.scan();
        tenant.close();

        assertThat(honest.state()).isEqualTo(ScanState.FINISHED);
        assertThat(honest.read()).isEqualTo(DEVICES);
        assertThat(honest.removed() + honest.held() + honest.suspect()).isZero();
        assertThat(tenant.count()).isEqualTo(DEVICES);
    }

    @Test
    void anExpiredLinkFailsTheScanWithIntunesWordsAndTheCallsThatItTook() {
        lists.expireLinks(1);

        Scan scan = tenant.scan();

        assertFailed(scan, "Skip token has expired");
        assertThat(scan.pages()).isEqualTo(1);
        assertThat(scan.graphCalls()).isEqualTo(2);
        assertThat(scan.duration()).isNotNull();
    }

    @Test
    void linksThatGoInACircleFailTheScan() {
        lists.loop();

        assertFailed(tenant.scan(), "same next page twice");
    }

    @Test
    void linksThatNeverEndFailTheScan() {
        lists.neverEnd();

        Scan scan = tenant.scan();

        assertFailed(scan, "without a new device");
        assertThat(scan.pages()).isLessThan(150);
    }

    @Test
    void aListThatLeavesDevicesOutMakesSuspectsAndRemovesNone() {
        List<String> ids = tenant.microsoft.tenant().ids();
        lists.omit(Set.copyOf(ids.subList(10, 30)));

        Scan first = tenant.scan();
        Scan second = tenant.scan();

        assertThat(first.suspect()).isEqualTo(20);
        assertThat(second.suspect() + second.removed() + second.held()).isZero();
        assertThat(second.graphCalls()).as("the twenty were read singly, in one batch").isEqualTo(second.pages() + 1);
        assertNothingChanged();
    }

    @Test
    void aShortListOfHalfTheTenantIsHeld() {
        List<String> ids = tenant.microsoft.tenant().ids();
        lists.omit(Set.copyOf(ids.subList(0, 60)));

        tenant.scan();
        Scan second = tenant.scan();

        assertThat(second.held()).isEqualTo(60);
        assertThat(second.removed()).isZero();
        assertNothingChanged();
    }

    @Test
    void anEmptyListRemovesNothing() {
        lists.showNothing();
        for (int i = 0; i < 3; i++) {
            Scan scan = tenant.scan();
            assertThat(scan.read() + scan.suspect() + scan.removed() + scan.held()).isZero();
        }
        assertNothingChanged();
    }

    @Test
    void rowsThatComeTwiceAreNoChange() {
        lists.repeatRows();

        Scan scan = tenant.scan();

        assertThat(scan.state()).isEqualTo(ScanState.FINISHED);
        assertThat(scan.read()).isEqualTo(DEVICES + PAGES - 1);
        assertThat(scan.added() + scan.changed() + scan.suspect()).isZero();
        assertNothingChanged();
    }

    @Test
    void malformedRowsAreQuarantinedAndTheRestGoesOn() {
        List<String> ids = tenant.microsoft.tenant().ids();
        lists.malform(ids.get(5), JsonMapper.shared().createObjectNode().put("lastSyncDateTime", "soon"), Set.of());
        lists.malform(ids.get(60), JsonMapper.shared().createObjectNode().put("totalStorageSpaceInBytes", "much"),
                Set.of());
        lists.malform(ids.get(61), JsonMapper.shared().createObjectNode(), Set.of("id"));
        tenant.change(ids.get(70), Map.of("deviceName", tenant.microsoft.tenant()
                .device(ids.get(70))
                .orElseThrow()
                .path("deviceName")
                .asString("") + "!"));

        Scan first = tenant.scan();
        Scan second = tenant.scan();

        assertThat(first.state()).isEqualTo(ScanState.FINISHED);
        assertThat(first.quarantined()).isEqualTo(3);
        assertThat(first.changed()).isEqualTo(1);
        assertThat(first.suspect()).as("only the row without an id tells nothing of its device").isEqualTo(1);
        assertThat(second.removed()).isZero();
        assertThat(tenant.devices.quarantine(CONNECTOR, 10)).extracting(row -> row.reason().replaceAll(":.*", ""))
                .containsExactlyInAnyOrder("lastSyncDateTime", "totalStorageSpaceInBytes", "id is missing");
        assertThat(tenant.changesAfter(before)).singleElement()
                .satisfies(change -> assertThat(change.deviceId().value()).isEqualTo(ids.get(70)));
    }

    @Test
    void aRowThatTheListNoLongerShowsLeavesTheQuarantineByAFullScanThatIsBelieved() {
        List<String> ids = tenant.microsoft.tenant().ids();
        lists.malform(ids.get(5), JsonMapper.shared().createObjectNode(), Set.of("id"));
        lists.malform(ids.get(6), JsonMapper.shared().createObjectNode().put("lastSyncDateTime", "soon"), Set.of());
        tenant.scan();
        lists.clear();
        lists.malform(ids.get(6), JsonMapper.shared().createObjectNode().put("lastSyncDateTime", "soon"), Set.of());

        lists.showNothing();
        tenant.scan();
        int afterAnEmptyList = tenant.devices.quarantine(CONNECTOR, 10).size();
        lists.clear();
        lists.malform(ids.get(6), JsonMapper.shared().createObjectNode().put("lastSyncDateTime", "soon"), Set.of());
        tenant.scan();

        assertThat(afterAnEmptyList).isEqualTo(2);
        assertThat(tenant.devices.quarantine(CONNECTOR, 10)).extracting(row -> row.reason().replaceAll(":.*", ""))
                .as("the row without an id has come right, whatever device it is")
                .containsExactly("lastSyncDateTime");
    }

    @Test
    void aTokenThatIsRevokedInTheMiddleIsReplacedAndTheScanGoesOn() {
        lists.revokeTokensAfter(1);

        Scan scan = tenant.scan();

        assertThat(scan.state()).isEqualTo(ScanState.FINISHED);
        assertThat(scan.read()).isEqualTo(DEVICES);
        assertThat(scan.graphCalls()).isEqualTo(PAGES + 1);
        assertNothingChanged();
    }

    static Stream<Fault> passing() {
        return Stream.of(new Fault.CutShort(), new Fault.Halve(), Fault.gateway(502), Fault.gateway(503),
                Fault.gateway(504), new Fault.ResetBefore(), new Fault.ResetAfter(), new Fault.DropBefore(),
                new Fault.DropAfter(), throttle(Map.of("Retry-After", "1")), throttle(Map.of("Retry-After", "0.25")),
                throttle(Map.of()), new Fault.Delay(Duration.ofMillis(300)));
    }

    private static Fault throttle(Map<String, String> headers) {
        return new Fault.Reply(429, headers,
                "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"An error has occurred.\"}}");
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesInTheMiddleIsReadAgain(Fault fault) {
        tenant.microsoft.faults().next(ScannedTenant.LIST, 1, new Fault.None());
        tenant.microsoft.faults().next(ScannedTenant.LIST, 1, fault);

        Scan scan = tenant.scan();

        assertThat(tenant.microsoft.faults().pending(ScannedTenant.LIST)).isZero();
        assertThat(scan.state()).isEqualTo(ScanState.FINISHED);
        assertThat(scan.read()).isEqualTo(DEVICES);
        assertThat(scan.graphCalls()).isEqualTo(fault instanceof Fault.Delay ? PAGES : PAGES + 1);
        assertThat(scan.suspect() + scan.removed()).isZero();
        assertNothingChanged();
    }

    @Test
    void aFailedScanKeepsWhatItHasReadAndChangesNothingElse() {
        List<String> ids = List.copyOf(tenant.microsoft.tenant().ids());
        Map<String, String> checkIn = Map.of("osVersion", "99");
        tenant.change(ids.getFirst(), checkIn);
        tenant.change(ids.getLast(), checkIn);
        lists.expireLinks(1);

        Scan failed = tenant.scan();

        assertThat(failed.state()).isEqualTo(ScanState.FAILED);
        assertThat(tenant.changesAfter(before)).singleElement()
                .satisfies(change -> assertThat(change.deviceId().value()).isEqualTo(ids.getFirst()));
        tenant.change(ids.getLast(), Map.of("osVersion", "100"));
        tenant.scan();
        assertThat(tenant.changesAfter(before)).hasSize(2);
    }

    /** As a process that is killed with -9 between two pages: nothing after that is written by it. */
    @Test
    void aScanThatIsKilledBetweenPagesIsClosedByTheNextWhichReadsEverything() {
        List<String> ids = List.copyOf(tenant.microsoft.tenant().ids());
        ids.forEach(id -> tenant.change(id, Map.of("osVersion", "99")));
        tenant.scans.requestFullScan(CONNECTOR);
        // the scan's start, and its first page
        assertThatThrownBy(() -> tenant.runLane(killedAfter(2))).isInstanceOf(Killed.class);
        Scan left = tenant.newest();
        List<DeviceChange> halfway = tenant.changesAfter(before);

        Scan next = tenant.look();

        assertThat(left.state()).isEqualTo(ScanState.RUNNING);
        assertThat(left.pages()).isEqualTo(1);
        assertThat(halfway).hasSize(50);
        Scan closed = tenant.scans.newest(CONNECTOR, 2).getLast();
        assertThat(closed.id()).isEqualTo(left.id());
        assertThat(closed.state()).isEqualTo(ScanState.FAILED);
        assertThat(Objects.requireNonNull(closed.problem()).kind()).isEqualTo(ProblemKind.SCAN_INTERRUPTED);
        assertThat(next.state()).isEqualTo(ScanState.FINISHED);
        assertThat(next.read()).isEqualTo(DEVICES);
        assertThat(next.changed()).isEqualTo(DEVICES - 50);
        assertThat(next.unchanged()).isEqualTo(50);
        assertThat(next.suspect() + next.removed()).isZero();
        assertThat(tenant.changesAfter(before)).hasSize(DEVICES)
                .extracting(DeviceChange::revision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private TransactionOperations killedAfter(int commits) {
        return new TransactionOperations() {
            private int left = commits;

            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> work) {
                if (left-- == 0) {
                    throw new Killed();
                }
                return tenant.database.transactions().execute(work);
            }
        };
    }

    private void assertFailed(Scan scan, String why) {
        assertThat(scan.state()).isEqualTo(ScanState.FAILED);
        assertThat(Objects.requireNonNull(scan.problem()).detail()).contains(why);
        assertThat(scan.problem().remedy()).isNotBlank();
        assertThat(scan.suspect() + scan.removed() + scan.held()).isZero();
        assertThat(tenant.absences.suspects(CONNECTOR)).isEmpty();
        assertNothingChanged();
    }

    private void assertNothingChanged() {
        assertThat(tenant.revision()).isEqualTo(before);
        assertThat(tenant.count()).isEqualTo(DEVICES);
    }
}
