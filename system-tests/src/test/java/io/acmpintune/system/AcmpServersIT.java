package io.acmpintune.system;

import java.time.Duration;
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

/** Two ACMP servers and a workflow for all: one is dead at first, and both have had clients before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcmpServersIT {

    private static final int DEVICES = 300;
    private static final int KNOWN = 5;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(20);

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
                new BothServices.Settings("", "reply-timeout: " + REPLY_TIMEOUT.toSeconds() + "s",
                        "acmp-server-id: \"*\""));
        alive = installation.simulator().acmp("ACMP-1");
        dead = installation.simulator().acmp("ACMP-2");
        tenant = installation.simulator().tenant();
        dead.faults().die();
        for (JsonNode device : unmistakable()) {
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
    void whileOneServerIsDeadTheOtherIsCompleteWithoutWaitingForIt() throws Exception {
        installation.acknowledged("ACMP-1", DEVICES, SOON);
        List<JsonNode> runs = StreamSupport.stream(installation.engine()
                .api()
                .get(BothServices.WORKFLOW + "/runs?server=ACMP-1")
                .path("runs")
                .spliterator(), false).toList();

        ExpectedAcmp.assertEqual(alive, tenant, deviceOfKnown.keySet());
        assertThat(runs).isNotEmpty().allSatisfy(run -> {
            assertThat(run.path("problem").isMissingNode()).isTrue();
            assertThat(run.path("duration").asLong()).isLessThan(REPLY_TIMEOUT.toMillis());
        });
        JsonNode troubled = Await.until("it is told that ACMP-2 does not answer", SOON,
                () -> Optional.of(installation.publication("ACMP-2")).filter(server -> server.has("problem")));
        assertThat(troubled.path("acknowledged").asInt()).isZero();
        assertThat(troubled.path("problem").asString()).contains("ACMP-2");
        assertThat(installation.publication("ACMP-1").has("problem")).isFalse();
    }

    @Test
    @Order(2)
    void theDeadServerIsCompleteAfterItHasComeBack() throws Exception {
        dead.faults().revive();
        installation.acknowledged("ACMP-2", DEVICES, SOON);

        ExpectedAcmp.assertEqual(dead, tenant);
        assertThat(installation.publication("ACMP-2").has("problem")).isFalse();
    }

    @Test
    @Order(3)
    void clientsThatAcmpHadBeforeAreLinkedAndTheirRecordsNeverWritten() throws Exception {
        deviceOfKnown.values()
                .forEach(id -> tenant.change(id,
                        JsonNodeFactory.instance.objectNode().put("deviceName", "renamed " + id)));
        installation.scan(SOON);
        installation.pulled(SOON);
        Await.until("the new names are in ACMP", SOON,
                () -> deviceOfKnown.keySet().stream().allMatch(this::isRenamed) ? Optional.of(true) : Optional.empty());

        assertThat(deviceOfKnown).hasSize(KNOWN).allSatisfy((client, device) -> {
            assertThat(alive.timesSaved(client)).isZero();
            assertThat(alive.mobileDevice(client).orElseThrow()).containsEntry("IntuneDeviceId", device);
        });
        assertThat(known()).isEqualTo(knownBefore);
        assertThat(alive.clientCount()).isEqualTo(DEVICES);
        ExpectedAcmp.assertEqual(alive, tenant, deviceOfKnown.keySet());
    }

    /** Devices whose name and domain no other has. */
    private List<JsonNode> unmistakable() {
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

    private boolean isRenamed(String client) {
        return alive.mobileDevice(client).orElseThrow().getOrDefault("DeviceName", "").startsWith("renamed");
    }

    private Map<String, Map<String, String>> known() {
        Map<String, Map<String, String>> known = new HashMap<>();
        deviceOfKnown.keySet().forEach(client -> known.put(client, alive.client(client).orElseThrow()));
        return known;
    }
}
