package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.TestClients;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.ExpectedInAcmp;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.inventory.Pulling;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingFile;
import io.acmpintune.engine.matching.ClientIds;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.lane.LaneLostException;
import io.acmpintune.runtime.lane.LaneRun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Publishing after pulling: a stub of the connector on one side, a simulated SICS and ACMP on the other. */
@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class ClientPublisherTest {

    private static final String WORKFLOW = TestWorkflows.NAME;
    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final World WORLD = World.start();

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final World.Server acmp = WORLD.emptyServer();
    private final Pulling pulling = new Pulling(database, clock);
    private Mapping mapping = Mappings.standard();
    private final Publishers publishers = new Publishers(database, clock, () -> mapping);
    private final ServerStatuses statuses = new ServerStatuses(database.jdbc());

    @BeforeEach
    void forget() {
        CONNECTOR.reset();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
        WORLD.close();
    }

    @Test
    void theObservedDevicesArriveComplete() {
        mapping = Mappings.tellingAll();
        CONNECTOR.devices(Devices.observed());

        pull();
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(6);
        ExpectedInAcmp.all().forEach((device, expected) -> {
            String client = clientId(device);
            assertThat(acmp.inside().client(client).orElseThrow())
                    .containsExactlyInAnyOrderEntriesOf(expected.client());
            assertThat(acmp.inside().mobileDevice(client).orElseThrow())
                    .containsExactlyInAnyOrderEntriesOf(expected.mobileDevice());
        });
    }

    @Test
    void theFirstImportSavesEveryClientOnceInBatches() {
        CONNECTOR.devices(devices(450));

        pull();
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(450);
        assertThat(acmp.inside().mobileDeviceCount()).isEqualTo(450);
        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(3);
        assertThat(acmp.inside().commandsReceived("SaveMobileDevices")).isEqualTo(3);
        assertThat(status()).satisfies(status -> {
            assertThat(status.clients()).isEqualTo(450);
            assertThat(status.acknowledged()).isEqualTo(450);
            assertThat(status.parked()).isZero();
            assertThat(status.problem()).isNull();
            assertThat(status.lastSuccess()).isEqualTo(clock.instant());
        });
        assertThat(pulling.reported()).isEqualTo(1);
    }

    @Test
    void unchangedDevicesAreNotPublishedAgain() {
        imported(devices(20));

        CONNECTOR.devices(ConnectorStub.FEED, 20, 40, changes(21, devices(20)));
        pull();
        publish();

        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(1);
        assertThat(acmp.inside().commandsReceived("SaveMobileDevices")).isEqualTo(1);
    }

    @Test
    void oneChangedDeviceIsPublishedAlone() {
        imported(devices(20));
        Instant before = clock.instant();
        clock.advance(Duration.ofHours(1));

        CONNECTOR.devices(ConnectorStub.FEED, 20, 21, changes(21, List.of(Devices.named("device-7", "RENAMED"))));
        pull();
        publish();

        assertThat(acmp.inside().client(clientId("device-7")).orElseThrow()).containsEntry("ComputerName", "RENAMED");
        assertThat(acknowledgedAt(before)).isEqualTo(19);
        assertThat(acknowledgedAt(clock.instant())).isEqualTo(1);
    }

    @Test
    void aChangeOfTheMobileDeviceDoesNotSaveTheClient() {
        imported(devices(2));

        CONNECTOR.devices(ConnectorStub.FEED, 2, 3, changes(3, List.of(Devices.of("""
                {"id":"device-0","deviceName":"PHONE-0","operatingSystem":"Android","complianceState":"noncompliant",
                 "lastSyncDateTime":"2026-11-21T06:12:09Z"}
                """))));
        pull();
        publish();

        assertThat(acmp.inside().mobileDevice(clientId("device-0")).orElseThrow())
                .containsEntry("ComplianceState", "noncompliant")
                .containsEntry("LastSyncDate", "2026-11-21T06:12:09.000Z");
        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(1);
        assertThat(acmp.inside().commandsReceived("SaveMobileDevices")).isEqualTo(2);
    }

    @Test
    void aRemovedDeviceIsMarkedAndKeepsItsData() {
        imported(devices(3));

        CONNECTOR.devices(ConnectorStub.FEED, 3, 4,
                List.of(new DeviceChange.Removed(4, new DeviceId("device-1")),
                        new DeviceChange.Removed(5, new DeviceId("never-seen"))));
        pull();
        publish();

        assertThat(acmp.inside().mobileDevice(clientId("device-1")).orElseThrow())
                .containsEntry("RecordState", "removed")
                .containsEntry("DeviceName", "PHONE-1");
        assertThat(acmp.inside().clientCount()).isEqualTo(3);
        assertThat(TestClients.all(database.jdbc())).filteredOn(ClientSearch.Row::removed)
                .extracting(ClientSearch.Row::device)
                .containsExactly("device-1");
    }

    @Test
    void aDeviceThatComesBackIsActiveAgain() {
        imported(devices(1));
        CONNECTOR.devices(ConnectorStub.FEED, 1, 2, List.of(new DeviceChange.Removed(2, new DeviceId("device-0"))));
        pull();
        CONNECTOR.devices(ConnectorStub.FEED, 2, 3, changes(3, devices(1)));
        pull();
        publish();

        assertThat(acmp.inside().mobileDevice(clientId("device-0")).orElseThrow()).containsEntry("RecordState",
                "active");
        assertThat(TestClients.all(database.jdbc())).noneMatch(ClientSearch.Row::removed);
    }

    @Test
    void aNewMappingIsAppliedToEveryDevice() {
        imported(devices(5));
        mapping = MappingFile.read("own.yml", Mappings.standardText()
                .replace("{ property: [deviceName, managedDeviceName, id] }", "{ property: id }"));

        pull();
        publish();

        assertThat(acmp.inside().clients().values()).extracting(client -> client.get("ComputerName"))
                .containsExactlyInAnyOrder("device-0", "device-1", "device-2", "device-3", "device-4");
    }

    @Test
    void aRefusedClientIsParkedWithItsReasonAndTheOthersAreSaved() {
        mapping = withLongNames();
        List<Device> devices = new ArrayList<>(devices(20));
        devices.set(13, Devices.named("device-13", "x".repeat(300)));

        imported(devices);

        assertThat(acmp.inside().clientCount()).isEqualTo(19);
        assertThat(acmp.inside().mobileDeviceCount()).isEqualTo(19);
        assertThat(status()).satisfies(status -> {
            assertThat(status.acknowledged()).isEqualTo(19);
            assertThat(status.parked()).isEqualTo(1);
            assertThat(status.problem()).isNull();
        });
        assertThat(TestClients.all(database.jdbc())).filteredOn(client -> client.parked() != null)
                .singleElement()
                .satisfies(client -> {
                    assertThat(client.device()).isEqualTo("device-13");
                    assertThat(client.parked()).startsWith("ACMP-1: ").contains("35").contains("ComputerName");
                    assertThat(client.acknowledged()).isEmpty();
                });
    }

    @Test
    void aParkedClientIsNotSentUntilItChanges() {
        mapping = withLongNames();
        imported(List.of(Devices.named("device-0", "x".repeat(300))));
        long sent = acmp.inside().commandsReceived("SaveClients");

        publish();
        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(sent);

        CONNECTOR.devices(ConnectorStub.FEED, 1, 2, changes(2, List.of(Devices.named("device-0", "SHORT"))));
        pull();
        publish();

        assertThat(acmp.inside().client(clientId("device-0")).orElseThrow()).containsEntry("ComputerName", "SHORT");
        assertThat(status().parked()).isZero();
        assertThat(TestClients.all(database.jdbc())).singleElement().satisfies(client -> {
            assertThat(client.parked()).isNull();
            assertThat(client.acknowledged()).containsExactly("ACMP-1");
        });
    }

    @Test
    void aClientThatChangesBackIsNoLongerParked() {
        mapping = withLongNames();
        imported(devices(1));
        CONNECTOR.devices(ConnectorStub.FEED, 1, 2, changes(2, List.of(Devices.named("device-0", "x".repeat(300)))));
        pull();
        publish();
        assertThat(status().parked()).isEqualTo(1);

        CONNECTOR.devices(ConnectorStub.FEED, 2, 3, changes(3, devices(1)));
        pull();
        publish();

        assertThat(status().acknowledged()).isEqualTo(1);
        assertThat(status().parked()).isZero();
        assertThat(TestClients.all(database.jdbc())).singleElement()
                .satisfies(client -> assertThat(client.parked()).isNull());
    }

    @Test
    void clientsThatAcmpHasLostAreSavedAgain() {
        imported(devices(5));
        World.Server emptied = WORLD.emptyServer();
        CONNECTOR.devices(ConnectorStub.FEED, 5, 7,
                changes(6, List.of(compliance("device-1", "error"), compliance("device-3", "error"))));

        pull();
        publish(emptied);

        assertThat(emptied.inside().clientIds()).containsExactlyInAnyOrder(clientId("device-1"), clientId("device-3"));
        assertThat(emptied.inside().mobileDeviceCount()).isEqualTo(2);
        assertThat(status().acknowledged()).isEqualTo(5);
        assertThat(status().parked()).isZero();
    }

    @Test
    void anUnreachableSicsIsReportedWithKeyReasonAndRemedyUntilItRecovers() {
        CONNECTOR.devices(devices(3));
        pull();

        ClientPublisher cutOff = publishers.publisher(workflow(), World.nowhere(), List.of(World.nowhere()));
        assertThat(cutOff.run(lane())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));

        Instant since = clock.instant();
        assertThat(status()).satisfies(status -> {
            assertThat(status.problem()).contains("acmp.sics.url http://127.0.0.1:")
                    .contains("the connection was refused")
                    .contains("Check that SICS is running")
                    .doesNotContain("canary");
            assertThat(status.problemSince()).isEqualTo(since);
            assertThat(status.lastSuccess()).isNull();
            assertThat(status.parked()).isZero();
        });

        clock.advance(Duration.ofMinutes(5));
        cutOff.run(lane());
        assertThat(status().problemSince()).isEqualTo(since);

        publish();
        assertThat(status()).satisfies(status -> {
            assertThat(status.acknowledged()).isEqualTo(3);
            assertThat(status.problem()).isNull();
            assertThat(status.problemSince()).isNull();
            assertThat(status.lastSuccess()).isEqualTo(clock.instant());
        });
    }

    @Test
    void aCrashBetweenSavingAndRecordingCreatesNothingTwice() {
        CONNECTOR.devices(devices(20));
        pull();
        LaneRun dying = database.run("publish-clients", this::losesTheLaneOnceARunHasStarted);

        assertThatThrownBy(() -> publisher(acmp).run(dying)).isInstanceOf(LaneLostException.class);
        assertThat(acmp.inside().clientCount()).isEqualTo(20);
        assertThat(status().acknowledged()).isZero();

        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(20);
        assertThat(acmp.inside().mobileDeviceCount()).isEqualTo(20);
        assertThat(status().acknowledged()).isEqualTo(20);
    }

    @Test
    void anIdlePublisherPlansAgainAfterChangesAndOtherwiseOnceAMinute() {
        imported(devices(2));
        ClientPublisher publisher = publisher(acmp);
        publisher.run(lane());
        leftOutdatedByAnotherReplica("device-0");

        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(1);

        CONNECTOR.devices(ConnectorStub.FEED, 2, 3, changes(3, List.of(Devices.named("device-1", "RENAMED"))));
        pull();
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(2);

        leftOutdatedByAnotherReplica("device-0");
        clock.advance(Duration.ofMinutes(1));
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(2);
    }

    private void imported(List<Device> devices) {
        CONNECTOR.devices(devices);
        pull();
        publish();
    }

    private void pull() {
        pulling.pull(workflow(), mapping);
    }

    private void publish() {
        publish(acmp);
    }

    private void publish(World.Server server) {
        assertThat(publisher(server).run(lane())).isEqualTo(Duration.ofSeconds(5));
    }

    private ClientPublisher publisher(World.Server server) {
        return publishers.publisher(workflow(), server);
    }

    private LaneRun lane() {
        return database.run("publish-clients", 500);
    }

    private boolean losesTheLaneOnceARunHasStarted() {
        if (database.jdbc().sql("select count(*) from run").query(Integer.class).single() > 0) {
            lane();
        }
        return false;
    }

    private void leftOutdatedByAnotherReplica(String device) {
        database.jdbc()
                .sql("update acknowledgement set device_fingerprint = null where acmp_client_id = :id")
                .param("id", ClientIds.derive(Devices.TENANT, new DeviceId(device)))
                .update();
    }

    private static Workflow workflow() {
        return TestWorkflows.workflow(CONNECTOR.address(), 200);
    }

    private ServerStatuses.ServerStatus status() {
        return statuses.of(WORKFLOW, List.of("ACMP-1")).getFirst();
    }

    private int acknowledgedAt(Instant at) {
        return database.jdbc()
                .sql("select count(*) from acknowledgement where acknowledged_at = :at")
                .param("at", java.sql.Timestamp.from(at))
                .query(Integer.class)
                .single();
    }

    private static Mapping withLongNames() {
        return MappingFile.read("own.yml", Mappings.standardText()
                .replace("[deviceName, managedDeviceName, id] }", "deviceName, max-length: 999 }"));
    }

    private static List<Device> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> Devices.named("device-" + i, "PHONE-" + i)).toList();
    }

    private static Device compliance(String id, String state) {
        return Devices.of(
                "{\"id\":\"%s\",\"deviceName\":\"PHONE-%s\",\"operatingSystem\":\"Android\",\"complianceState\":\"%s\"}"
                        .formatted(id, id.substring(id.indexOf('-') + 1), state));
    }

    private static List<DeviceChange> changes(long first, List<Device> devices) {
        List<DeviceChange> changes = new ArrayList<>();
        devices.forEach(device -> changes.add(new DeviceChange.Present(first + changes.size(), device)));
        return changes;
    }

    private static String clientId(String device) {
        UUID id = ClientIds.derive(Devices.TENANT, new DeviceId(device));
        return AcmpGuid.write(id);
    }
}
