package io.acmpintune.system;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** One workflow for two ACMP servers, one of which is down at first. The other already has some of the clients. */
@Order(10)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcmpServersIT {

    private static final int DEVICES = 300;
    private static final int KNOWN = 5;
    /** No command to the dead server times out while the other server is filled: nothing may wait for it. */
    private static final String PATIENT = "reply-timeout: 30m";

    private BothServices installation;
    private AcmpServer alive;
    private AcmpServer dead;
    private Tenant tenant;
    private final Map<String, String> deviceOfKnown = new HashMap<>();
    private Map<String, Map<String, String>> knownBefore;

    @BeforeAll
    void start() throws Exception {
        installation = BothServices.prepare(
                SimulatorOptions.defaults()
                        .withDevices(DEVICES)
                        .withAcmpServers(Map.of("ACMP-1", new SimulatorOptions.AcmpAddress("acmp", "acmp"), "ACMP-2",
                                new SimulatorOptions.AcmpAddress("acmp2", "acmp"))),
                settings(PATIENT));
        alive = installation.simulator().acmp("ACMP-1");
        dead = installation.simulator().acmp("ACMP-2");
        tenant = installation.simulator().tenant();
        dead.faults().die();
        for (JsonNode device : devicesWithUniqueNames()) {
            String client = alive.putClient(Map.of("ComputerName", device.path("deviceName").asString(),
                    "ComputerDomain", ExpectedClient.domain(device), "DisplayIP", "192.0.2.7"));
            deviceOfKnown.put(client, device.path("id").asString());
        }
        knownBefore = known();
        installation.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Order(1)
    void aDeadServerDoesNotDelayTheOther() throws Exception {
        installation.acknowledged("ACMP-1", DEVICES);
        List<JsonNode> runs = StreamSupport.stream(installation.engine()
                .api()
                .get(BothServices.WORKFLOW + "/runs?server=ACMP-1")
                .path("runs")
                .spliterator(), false).toList();

        ExpectedAcmp.assertEqual(alive, tenant, deviceOfKnown.keySet());
        assertThat(runs).isNotEmpty()
                .allSatisfy(run -> {
                    assertThat(run.path("problem").isMissingNode()).isTrue();
                });
        Await.untilTrue("the dead server has received a command", () -> !dead.traffic().isEmpty());
        assertThat(installation.publication("ACMP-2").has("problem")).as("a command has timed out").isFalse();

        installation.restartEngine(settings("reply-timeout: 2s"));
        JsonNode troubled = Await.until("the workflow reports that ACMP-2 does not answer",
                () -> Optional.of(installation.publication("ACMP-2")).filter(server -> server.has("problem")));
        assertThat(troubled.path("acknowledged").asInt()).isZero();
        assertThat(troubled.path("problem").asString()).contains("ACMP-2");
        assertThat(installation.publication("ACMP-1").has("problem")).isFalse();
    }

    @Test
    @Order(2)
    void theDeadServerCatchesUpOnceItIsBack() throws Exception {
        dead.faults().revive();
        installation.acknowledged("ACMP-2", DEVICES);

        ExpectedAcmp.assertEqual(dead, tenant);
        assertThat(installation.publication("ACMP-2").has("problem")).isFalse();
    }

    @Test
    @Order(3)
    void clientsThatAcmpAlreadyHadAreLinkedAndTheirRecordsNeverWritten() throws Exception {
        deviceOfKnown.values()
                .forEach(id -> tenant.change(id,
                        JsonNodeFactory.instance.objectNode().put("deviceName", "renamed " + id)));
        installation.scan();
        installation.pulled();
        Await.untilTrue("the new names are in ACMP",
                () -> deviceOfKnown.keySet().stream().allMatch(this::isRenamed));

        assertThat(deviceOfKnown).hasSize(KNOWN).allSatisfy((client, device) -> {
            assertThat(alive.timesSaved(client)).isZero();
            assertThat(alive.mobileDevice(client).orElseThrow()).containsEntry("IntuneDeviceId", device);
        });
        assertThat(known()).isEqualTo(knownBefore);
        assertThat(alive.clientCount()).isEqualTo(DEVICES);
        ExpectedAcmp.assertEqual(alive, tenant, deviceOfKnown.keySet());
    }

    /** Returns devices whose name and domain are unique. */
    private List<JsonNode> devicesWithUniqueNames() {
        Map<String, List<JsonNode>> byName = tenant.ids()
                .stream()
                .<JsonNode>map(id -> tenant.device(id).orElseThrow())
                .filter(device -> !ExpectedClient.domain(device).isBlank())
                .collect(Collectors.groupingBy(device -> (device.path("deviceName").asString("") + '@'
                        + ExpectedClient.domain(device)).toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
        return byName.entrySet()
                .stream()
                .filter(same -> same.getValue().size() == 1 && !same.getKey().startsWith("@"))
                .map(same -> same.getValue().getFirst())
                .limit(KNOWN)
                .toList();
    }

    private static BothServices.Settings settings(String sics) {
        return new BothServices.Settings("", sics, "acmp-server-id: \"*\"");
    }

    private boolean isRenamed(String client) {
        return alive.mobileDevice(client).orElseThrow().getOrDefault("DeviceName", "").startsWith("renamed");
    }

    private Map<String, Map<String, String>> known() {
        Map<String, Map<String, String>> known = new HashMap<>();
        deviceOfKnown.keySet().forEach(client -> known.put(client, alive.client(client).orElseThrow()));
        return known;
    }
}
