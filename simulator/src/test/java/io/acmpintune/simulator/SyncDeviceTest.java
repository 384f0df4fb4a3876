package io.acmpintune.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncDeviceTest {

    private final TestClock clock = new TestClock();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults()
            .withDevices(1500)
            .withClock(clock)
            .withCheckInDelay(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final GraphClient graph = new GraphClient(simulator);

    SyncDeviceTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aCommandIsPendingUntilTheDeviceHasCheckedIn() {
        String id = answering(0);
        Instant before = lastSync(id);
        Instant sent = clock.instant();
        assertThat(graph.sync(id).status()).isEqualTo(204);

        clock.advance(Duration.ofMillis(9_999));
        assertThat(result(id).get("actionName").stringValue()).isEqualTo("syncDevice");
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("pending");
        assertThat(result(id).get("startDateTime").stringValue()).isEqualTo(sent.toString());
        assertThat(lastSync(id)).isEqualTo(before);

        clock.advance(Duration.ofMillis(10_001));
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("done");
        assertThat(lastSync(id)).isBetween(sent.plusSeconds(10), sent.plusSeconds(20));
        assertThat(Instant.parse(result(id).get("lastUpdatedDateTime").stringValue())).isEqualTo(lastSync(id));
        assertThat(simulator.tenant().syncCommands(id)).isEqualTo(1);
    }

    @Test
    void listsShowTheNewTimeButNotTheResult() {
        String id = answering(1);
        graph.sync(id);
        clock.advance(Duration.ofSeconds(20));
        Instant expected = lastSync(id);
        JsonNode row = graph.all(DEVICES + "?$select=id,lastSyncDateTime,deviceActionResults")
                .stream()
                .filter(device -> device.get("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(row.get("deviceActionResults").isEmpty()).isTrue();
        assertThat(Instant.parse(row.get("lastSyncDateTime").stringValue())).isEqualTo(expected);
        assertThat(GraphClient.ids(graph.filter("lastSyncDateTime gt " + expected.minusMillis(1)))).contains(id);
    }

    @Test
    void aSecondCommandIsCountedAndStartsAgain() {
        String id = answering(2);
        graph.sync(id);
        clock.advance(Duration.ofSeconds(21));
        Instant first = lastSync(id);
        graph.sync(id);
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("pending");
        clock.advance(Duration.ofSeconds(21));
        assertThat(lastSync(id)).isAfter(first);
        assertThat(simulator.tenant().syncCommands(id)).isEqualTo(2);
    }

    @Test
    void anUnneededBodyIsTolerated() {
        Web.Reply reply = Web.plain()
                .postJson(simulator.httpUrl() + "/v1.0" + DEVICES + "/" + answering(3) + "/syncDevice",
                        graph.bearer(), Map.of());
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
    }

    @Test
    void someDevicesNeverCheckInButNoneOfTheFirstHundred() {
        List<String> ids = simulator.tenant().ids();
        List<String> silent = ids.stream().filter(simulator.tenant()::neverChecksIn).toList();
        assertThat(silent).hasSizeBetween(10, 60).doesNotContainAnyElementsOf(ids.subList(0, 100));

        String id = silent.getFirst();
        Instant before = lastSync(id);
        graph.sync(id);
        clock.advance(Duration.ofDays(1));
        var tomorrow = new GraphClient(simulator);
        assertThat(tomorrow.device(id, "deviceActionResults")
                .get("deviceActionResults")
                .get(0)
                .get("actionState")
                .stringValue())
                .isEqualTo("pending");
        assertThat(Instant.parse(tomorrow.device(id, "lastSyncDateTime").get("lastSyncDateTime").stringValue()))
                .isEqualTo(before);
        clock.advance(Duration.ofDays(-1));
    }

    @Test
    void recordedResultsRemainNextToTheNewOne() {
        String id = "4e8b7d90-2c4d-4e11-a2b6-0c6d7c1b2a04";
        graph.sync(id);
        JsonNode results = graph.device(id, "deviceActionResults").get("deviceActionResults");
        assertThat(results.size()).isEqualTo(3);
        assertThat(results.get(1).get("scanType").stringValue()).isEqualTo("Full Scan");
        assertThat(results.get(2).get("actionName").stringValue()).isEqualTo("syncDevice");
    }

    @Test
    void anUnknownDeviceIsNotFound() {
        long before = simulator.tenant().syncCommands();
        assertThat(graph.sync("nope").status()).isEqualTo(404);
        assertThat(simulator.tenant().syncCommands()).isEqualTo(before);
    }

    private String answering(int number) {
        return simulator.tenant().ids().get(number);
    }

    private Instant lastSync(String id) {
        return Instant.parse(graph.device(id, "lastSyncDateTime").get("lastSyncDateTime").stringValue());
    }

    private JsonNode result(String id) {
        JsonNode results = graph.device(id, "deviceActionResults").get("deviceActionResults");
        assertThat(results.size()).isEqualTo(1);
        return results.get(0);
    }
}
