package io.acmpintune.engine.inventory;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.TestClients;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingFile;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.runtime.lane.LaneLostException;
import io.acmpintune.runtime.lane.LaneRun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The pull lane, run by hand against a dictated connector. */
@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class DevicePullerTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final Pulling pulling = new Pulling(database, clock);
    private final Mapping mapping = Mappings.standard();

    @BeforeEach
    void forget() {
        CONNECTOR.reset();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void aDeviceWithANulInItsTextsCanBeReadFromTheDatabase() {
        imported(List.of(Devices.named("device-0", "A\0B\\u0000C")));

        assertThat(database.jdbc().sql("select source ->> 'deviceName' from device").query(String.class).single())
                .isEqualTo("A\uFFFDB\\u0000C");
    }

    @Test
    void detailsAreKeptForWhenTheDeviceIsGone() {
        DeviceDetails details = new DeviceDetails(null, "8949020000", null, null, null);
        CONNECTOR.devices(ConnectorStub.FEED, 0, 1,
                List.of(new DeviceChange.Present(1, Devices.named("device-0", "PHONE"), details)));
        CONNECTOR.devices(ConnectorStub.FEED, 1, 2, List.of(new DeviceChange.Removed(2, new DeviceId("device-0"))));
        CONNECTOR.devices(ConnectorStub.FEED, 2, 2, List.of());

        pull();

        assertThat(database.jdbc().sql("select device_record from client").query(String.class).single())
                .contains("\"ICCID\":\"8949020000\"")
                .contains("\"RecordState\":\"removed\"");
    }

    @Test
    void aRunGoesOnWhereTheLastOneEnded() {
        imported(devices(5));
        CONNECTOR.reset();
        CONNECTOR.devices(ConnectorStub.FEED, 5, 5, List.of());

        assertThat(pull()).isZero();

        assertThat(CONNECTOR.served()).isNotEmpty()
                .allSatisfy(event -> assertThat(event.getRequest().queryParameter("after").firstValue())
                        .isEqualTo("5"));
    }

    @Test
    void anotherFeedIsReadFromItsStart() {
        imported(devices(5));
        CONNECTOR.reset();
        CONNECTOR.devices(ConnectorStub.OTHER_FEED, 5, 5, List.of());
        CONNECTOR.devices(ConnectorStub.OTHER_FEED, 0, 2, changes(1, List.of(Devices.named("device-0", "NEW NAME"))));
        CONNECTOR.devices(ConnectorStub.OTHER_FEED, 2, 2, List.of());

        pull();

        assertThat(pulling.position())
                .isEqualTo(new FeedPosition(mapping.digest(), ConnectorStub.OTHER_FEED, 2));
        assertThat(TestClients.all(database.jdbc())).extracting(ClientSearch.Row::name).contains("NEW NAME").hasSize(5);
    }

    @Test
    void aNewMappingReadsTheFeedFromItsStartOnce() {
        imported(devices(5));
        Mapping other = MappingFile.read("own.yml", Mappings.standardText()
                .replace("{ property: [deviceName, managedDeviceName, id] }", "{ property: id }"));

        pulling.pull(workflow(), other);

        assertThat(TestClients.all(database.jdbc())).extracting(ClientSearch.Row::name)
                .containsExactlyInAnyOrder("device-0", "device-1", "device-2", "device-3", "device-4");
        assertThat(pulling.position()).isEqualTo(new FeedPosition(other.digest(), ConnectorStub.FEED, 5));
    }

    @Test
    void anUnreachableConnectorIsLoggedInOneLineAndRetriedSoon(CapturedOutput output) {
        imported(devices(1));
        FeedPosition before = pulling.position();
        URI unreachable = UnreachableAddress.http();

        assertThat(pull(TestWorkflows.workflow(unreachable, 200), 2)).isEqualTo(Duration.ofSeconds(5));

        assertThat(output.toString().lines().filter(line -> line.contains(unreachable.toString()))).singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("Reading the device feed failed: " + unreachable
                                + " cannot be reached: the connection was refused.")
                        .contains("Check acmp.workflows.IntuneMobileDevices_1.connector-url"));
        assertThat(output).doesNotContain("canary");
        assertThat(pulling.position()).isEqualTo(before);
    }

    @Test
    void aConnectorThatRefusesIsAskedAgainSoonAndRecovers() {
        CONNECTOR.answers(get(urlPathEqualTo(ConnectorStub.DEVICES)).willReturn(aResponse().withStatus(404)
                .withHeader("Content-Type", "application/problem+json")
                .withBody(JsonMapper.shared()
                        .writeValueAsString(Problem.of(ProblemKind.UNKNOWN_CONNECTOR,
                                "This service has no connector of that name.", "Use one of: Other_1.")))));
        assertThat(pull()).isEqualTo(Duration.ofSeconds(5));
        assertThat(CONNECTOR.requests(getRequestedFor(urlPathEqualTo(ConnectorStub.DEVICES)))).isEqualTo(1);

        CONNECTOR.reset();
        CONNECTOR.devices(devices(1));
        assertThat(pull()).isZero();
        assertThat(TestClients.all(database.jdbc())).hasSize(1);
    }

    @Test
    void aRunThatLostItsLaneStoresNothing() {
        CONNECTOR.devices(devices(3));
        LaneRun paused = database.run("pull-devices", 2);
        database.run("pull-devices", 2);

        assertThatThrownBy(() -> pulling.run(workflow(), mapping, paused)).isInstanceOf(LaneLostException.class);

        assertThat(TestClients.all(database.jdbc())).isEmpty();
        assertThat(pulling.position()).isEqualTo(new FeedPosition(null, null, 0));
    }

    // ----

    private void imported(List<Device> devices) {
        CONNECTOR.devices(devices);
        pull();
    }

    private Duration pull() {
        return pull(workflow(), 3);
    }

    private Duration pull(Workflow workflow, int looks) {
        return pulling.run(workflow, mapping, database.run("pull-devices", looks));
    }

    private static Workflow workflow() {
        return TestWorkflows.workflow(CONNECTOR.address(), 200);
    }

    private static List<Device> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> Devices.named("device-" + i, "PHONE-" + i)).toList();
    }

    private static List<DeviceChange> changes(long first, List<Device> devices) {
        List<DeviceChange> changes = new ArrayList<>();
        devices.forEach(device -> changes.add(new DeviceChange.Present(first + changes.size(), device)));
        return changes;
    }

}
