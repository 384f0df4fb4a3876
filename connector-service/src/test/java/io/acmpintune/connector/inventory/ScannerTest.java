package io.acmpintune.connector.inventory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.connector.tenant.Endpoints;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.QuarantinedDevice;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRuns;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

/** What a scan reads, and what it takes until a device is gone: never delete on doubt. */
class ScannerTest {

    private static final int DEVICES = 120;
    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    private static final String SINGLE = "GET /v1.0/deviceManagement/managedDevices/{id}";

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final DeviceRepository devices = new DeviceRepository(database.jdbc(), JsonMapper.shared());
    private final ScanRepository scans = new ScanRepository(database.jdbc(), JsonMapper.shared());
    private final AbsenceRepository absences = new AbsenceRepository(database.jdbc());
    private Duration later = Duration.ZERO;
    private Simulator microsoft;
    private Scanner scanner;

    @BeforeEach
    void scanOnce() throws IOException {
        microsoft = Simulator.start(SimulatorOptions.defaults().withDevices(DEVICES));
        Endpoints endpoints = new Endpoints(java.net.URI.create(microsoft.httpsUrl()),
                java.net.URI.create(microsoft.httpsUrl()));
        Connector connector = new Connector(CONNECTOR, microsoft.access().tenantId(), microsoft.access().clientId(),
                new Credential.ClientSecret(microsoft.access().clientSecret()), endpoints, null,
                new Connector.ScanSettings(new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24)), 50,
                        DeviceFilter.NONE, false),
                new Connector.FollowUp(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(30)),
                FakeMicrosoft.ACTIONS);
        SslBundle trust = SslBundle.of(new PemSslStoreBundle(null,
                PemSslStoreDetails.forCertificate("file:" + microsoft.access().ca())));
        InstantSource clock = () -> Instant.now().plus(later);
        Graph graph = new Graph(connector,
                new Graph.Access(new AccessTokens(connector, trust, clock), database.budget(connector)), null, trust,
                JsonMapper.shared(), clock);
        scanner = new Scanner(connector, graph, new AbsenceCheck(connector, graph, absences, clock), devices, scans,
                new FeedSignal(), JsonMapper.shared(), clock);
        scan();
    }

    @AfterEach
    void stop() throws IOException {
        microsoft.close();
    }

    @Test
    void beforeTheIntervalHasPassedNothingIsRead() {
        runLane();

        assertThat(scans.newest(CONNECTOR, 10)).hasSize(1);
    }

    @Test
    void anIncrementalScanReadsWhatCheckedInAndRemovesNothing() {
        List<String> ids = microsoft.tenant().ids();
        microsoft.tenant()
                .change(ids.get(5), JsonMapper.shared()
                        .createObjectNode()
                        .put("deviceName", "renamed")
                        .put("lastSyncDateTime", "2026-11-23T12:00:00Z"));
        microsoft.tenant().remove(ids.get(80));
        long before = devices.feed(CONNECTOR).revision();
        later = Duration.ofMinutes(16);

        Duration next = runLane();
        Scan incremental = scans.newest(CONNECTOR, 1).getFirst();

        assertThat(next).isZero();
        assertThat(incremental.kind()).isEqualTo(ScanKind.INCREMENTAL);
        assertThat(incremental.read()).isLessThan(DEVICES / 2);
        assertThat(incremental.changed()).isEqualTo(1);
        assertThat(incremental.suspect() + incremental.removed()).isZero();
        assertThat(devices.changes(CONNECTOR, before, 10)).singleElement().isInstanceOf(DeviceChange.Present.class);
    }

    @Test
    void anIncrementalScanAcceptsAllDevicesIfGraphIgnoresTheFilter() {
        leavesOut(0);
        later = Duration.ofMinutes(16);

        runLane();
        Scan incremental = scans.newest(CONNECTOR, 1).getFirst();

        assertThat(incremental.read()).isEqualTo(DEVICES);
        assertThat(incremental.unchanged()).isEqualTo(DEVICES);
    }

    @Test
    void aMalformedRowIsQuarantinedUntilItIsValid() {
        String id = microsoft.tenant().ids().get(3);
        String rows = microsoft.tenant()
                .ids()
                .stream()
                .map(device -> microsoft.tenant().device(device).orElseThrow().deepCopy())
                .map(row -> row.path("id").asString().equals(id) ? row.put("isEncrypted", "perhaps") : row)
                .map(Object::toString)
                .collect(Collectors.joining(","));
        microsoft.faults().next(LIST, 1, new Fault.Reply(200, json(), "{\"value\":[" + rows + "]}"));

        Scan malformed = scan();
        List<QuarantinedDevice> during = devices.quarantine(CONNECTOR, 10);
        scan();

        assertThat(malformed.quarantined()).isEqualTo(1);
        assertThat(malformed.suspect()).isZero();
        assertThat(during).singleElement().satisfies(row -> {
            assertThat(row.device()).isEqualTo(id);
            assertThat(row.reason()).contains("isEncrypted");
            assertThat(row.raw()).contains("perhaps");
        });
        assertThat(devices.quarantine(CONNECTOR, 10)).isEmpty();
    }

    @Test
    void aDeviceThatLeftIntuneIsSuspectedFirstAndRemovedByTheSecondScan() {
        String gone = microsoft.tenant().ids().get(7);
        microsoft.tenant().remove(gone);
        long before = devices.feed(CONNECTOR).revision();

        Scan first = scan();
        int afterFirst = devices.count(CONNECTOR);
        Scan second = scan();

        assertThat(first.suspect()).isEqualTo(1);
        assertThat(first.removed()).isZero();
        assertThat(afterFirst).isEqualTo(DEVICES);
        assertThat(second.removed()).isEqualTo(1);
        assertThat(devices.count(CONNECTOR)).isEqualTo(DEVICES - 1);
        assertThat(devices.changes(CONNECTOR, before, 10))
                .containsExactly(new DeviceChange.Removed(before + 1, new DeviceId(gone)));
    }

    @Test
    void aDeviceThatTheListLeavesOutButThatIsThereStays() {
        leavesOut(3);
        Scan first = scan();
        leavesOut(3);
        Scan second = scan();
        Scan third = scan();

        assertThat(first.suspect()).isEqualTo(3);
        assertThat(second.removed()).isZero();
        assertThat(third.suspect()).isZero();
        assertThat(devices.count(CONNECTOR)).isEqualTo(DEVICES);
        assertThat(absences.suspects(CONNECTOR)).isEmpty();
    }

    @Test
    void aDeviceThatCannotBeReadSinglyIsKept() {
        String gone = microsoft.tenant().ids().getFirst();
        microsoft.tenant().remove(gone);
        scan();
        microsoft.faults().next(SINGLE, 1, new Fault.Reply(503, Map.of(), ""));

        Scan second = scan();
        Scan third = scan();

        assertThat(second.removed()).isZero();
        assertThat(second.suspect()).isEqualTo(1);
        assertThat(third.removed()).isEqualTo(1);
    }

    @Test
    void aThrottleOfHoursEndsTheScanAndTheLaneComesBackWhenItIsOver() {
        later = Duration.ofMinutes(16);
        microsoft.faults().next(LIST, 1, new Fault.Reply(429, Map.of("Retry-After", "7200"), ""));

        Duration next = runLane();

        assertThat(next).isEqualTo(Duration.ofHours(2));
        assertThat(scans.newest(CONNECTOR, 1).getFirst().problem()).isNotNull()
                .satisfies(problem -> assertThat(problem.detail()).contains("until"));
    }

    @Test
    void anEmptyListRemovesNothing() {
        for (int i = 0; i < 3; i++) {
            microsoft.faults().next(LIST, 1, new Fault.Reply(200, json(), "{\"value\":[]}"));
            Scan empty = scan();
            assertThat(empty.read()).isZero();
            assertThat(empty.suspect() + empty.removed() + empty.held()).isZero();
        }
        assertThat(devices.count(CONNECTOR)).isEqualTo(DEVICES);
    }

    @Test
    void aScanThatFailsSuspectsNothing() {
        microsoft.tenant().remove(microsoft.tenant().ids().getFirst());
        microsoft.faults().next(LIST, 1, new Fault.Reply(403, json(), "{\"error\":{\"code\":\"Forbidden\"}}"));

        Scan failed = scan();

        assertThat(failed.state()).isEqualTo(ScanState.FAILED);
        assertThat(absences.suspects(CONNECTOR)).isEmpty();
    }

    @Test
    void tooManyRemovalsWaitForAnOperatorAndHappenOnlyWhenReleased() {
        List<String> gone = microsoft.tenant().ids().subList(0, 60);
        List.copyOf(gone).forEach(microsoft.tenant()::remove);
        scan();

        Scan held = scan();
        Scan stillHeld = scan();
        List<RemovalHold> holds = absences.holds(CONNECTOR);
        absences.decide(CONNECTOR, holds.getFirst().id(), RemovalHold.State.RELEASED, "admin", Instant.now());
        Scan released = scan();

        assertThat(held.held()).isEqualTo(60);
        assertThat(stillHeld.held()).isEqualTo(60);
        assertThat(holds).singleElement().satisfies(hold -> {
            assertThat(hold.state()).isEqualTo(RemovalHold.State.HELD);
            assertThat(hold.known()).isEqualTo(DEVICES);
            assertThat(hold.devices()).hasSize(60);
        });
        assertThat(released.removed()).isEqualTo(60);
        assertThat(released.held()).isZero();
        assertThat(devices.count(CONNECTOR)).isEqualTo(DEVICES - 60);
    }

    @Test
    void aReleaseIsGoodForOneScanOnly() {
        List<String> gone = List.copyOf(microsoft.tenant().ids().subList(0, 60));
        var back = gone.stream().map(id -> microsoft.tenant().details(id).orElseThrow().deepCopy()).toList();
        gone.forEach(microsoft.tenant()::remove);
        scan();
        scan();
        absences.decide(CONNECTOR, absences.holds(CONNECTOR).getFirst().id(), RemovalHold.State.RELEASED, "admin",
                Instant.now());
        scan();
        back.forEach(microsoft.tenant()::add);
        scan();
        gone.forEach(microsoft.tenant()::remove);
        scan();

        Scan again = scan();

        assertThat(again.held()).isEqualTo(60);
        assertThat(again.removed()).isZero();
    }

    @Test
    void aCheckInInTheFutureDoesNotBlindTheIncrementalScans() {
        List<String> ids = microsoft.tenant().ids();
        microsoft.tenant().change(ids.get(5), checkIn("2999-01-01T00:00:00Z"));
        scan();
        microsoft.tenant().change(ids.get(6), checkIn("2026-11-23T12:00:00Z"));
        later = Duration.ofMinutes(16);

        runLane();
        Scan incremental = scans.newest(CONNECTOR, 1).getFirst();

        assertThat(incremental.kind()).isEqualTo(ScanKind.INCREMENTAL);
        assertThat(incremental.changed()).isEqualTo(1);
    }

    @Test
    void aDecidedHoldCannotBeDecidedAgain() {
        List.copyOf(microsoft.tenant().ids().subList(0, 60)).forEach(microsoft.tenant()::remove);
        scan();
        scan();
        long hold = absences.holds(CONNECTOR).getFirst().id();

        assertThat(absences.decide(CONNECTOR, hold, RemovalHold.State.REJECTED, "one", Instant.now())).isPresent();
        assertThat(absences.decide(CONNECTOR, hold, RemovalHold.State.RELEASED, "two", Instant.now())).isEmpty();
        assertThat(absences.decide("Other", hold, RemovalHold.State.RELEASED, "two", Instant.now())).isEmpty();
    }

    @Test
    void aDeviceThatComesBackIsThereAgain() {
        String id = microsoft.tenant().ids().get(9);
        var device = microsoft.tenant().details(id).orElseThrow().deepCopy();
        microsoft.tenant().remove(id);
        scan();
        scan();
        microsoft.tenant().add(device);
        long before = devices.feed(CONNECTOR).revision();

        Scan back = scan();

        assertThat(back.added()).isEqualTo(1);
        assertThat(devices.count(CONNECTOR)).isEqualTo(DEVICES);
        assertThat(devices.changes(CONNECTOR, before, 10)).singleElement().isInstanceOf(DeviceChange.Present.class);
    }

    /** The next list shows all devices but the first few, on one page. */
    private void leavesOut(int few) {
        String rows = microsoft.tenant()
                .ids()
                .stream()
                .skip(few)
                .map(id -> microsoft.tenant().device(id).orElseThrow().toString())
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        microsoft.faults().next(LIST, 1, new Fault.Reply(200, json(), "{\"value\":[" + rows + "]}"));
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    private static ObjectNode checkIn(String at) {
        return JsonMapper.shared().createObjectNode().put("lastSyncDateTime", at);
    }

    private Duration runLane() {
        return scanner.run(LaneRuns.begin(database.jdbc(), database.transactions(), "scan", CONNECTOR, () -> false));
    }

    private Scan scan() {
        scans.requestFullScan(CONNECTOR);
        runLane();
        return scans.newest(CONNECTOR, 1).getFirst();
    }
}
