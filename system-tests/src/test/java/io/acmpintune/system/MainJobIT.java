package io.acmpintune.system;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.demo.Installation;

import static org.assertj.core.api.Assertions.assertThat;

/** Publishes Intune's devices as ACMP clients and sends one action back, with both jars. */
@Order(9)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobIT {

    private static final int DEVICES = 250;

    private Simulator simulator;
    private Installation installation;

    @BeforeAll
    void start() throws Exception {
        Path directory = Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString());
        Path world = Files.createDirectories(directory.resolve("simulator"));
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withDirectory(world)
                .withCheckInDelay(Duration.ofMillis(500), Duration.ofSeconds(2)));
        installation = Installation.start(
                new Installation.Plan(directory, Path.of(System.getProperty("system.connector-jar")),
                        Path.of(System.getProperty("system.engine-jar")), DEVICES, Duration.ofSeconds(1), world),
                System.out::println);
        Await.until("every client is acknowledged by ACMP", () -> {
            JsonNode server = installation.engine().get("/api/v1/workflows").path(0).path("servers").path(0);
            return server.path("acknowledged").asInt(0) == DEVICES ? Optional.of(server) : Optional.empty();
        });
    }

    @AfterAll
    void stop() throws Exception {
        if (installation != null) {
            installation.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void everyDeviceIsOneClientInAcmp() throws Exception {
        Map<String, String> clientOfDevice = new HashMap<>();
        simulator.acmp("ACMP-1")
                .mobileDevices()
                .forEach((client, fields) -> clientOfDevice.put(fields.get("IntuneDeviceId"), client));

        assertThat(clientOfDevice.keySet()).containsExactlyInAnyOrderElementsOf(simulator.tenant().ids());
        assertThat(simulator.acmp("ACMP-1").clients()).hasSize(DEVICES);
        assertThat(simulator.acmp("ACMP-1").clients().keySet()).containsExactlyInAnyOrderElementsOf(
                clientOfDevice.values());
    }

    @Test
    void theSixRecordedDevicesArriveUnchanged() throws Exception {
        List<JsonNode> observed = recorded();

        assertThat(observed).hasSize(6).allSatisfy(device -> {
            Map<String, String> stored = simulator.acmp("ACMP-1")
                    .mobileDevices()
                    .values()
                    .stream()
                    .filter(fields -> device.path("id").asString().equals(fields.get("IntuneDeviceId")))
                    .findFirst()
                    .orElseThrow();
            assertThat(stored).containsAllEntriesOf(ExpectedMobileDevice.of(device));
        });
    }

    @Test
    void aSynchronizationOfFiveClientsIsTrackedUntilTheDevicesHaveCheckedIn() throws Exception {
        List<String> chosen = clientIdsOf(recorded().subList(0, 5));

        JsonNode accepted = installation.engine()
                .post("/api/v1/query-actions", Map.of("queryAction", "SynchronizeIntuneDevices", "clientIds", chosen,
                        "requestedBy", "operator@contoso.example"), Map.of("Idempotency-Key", "sync-five"));
        JsonNode again = installation.engine()
                .post("/api/v1/query-actions", Map.of("queryAction", "SynchronizeIntuneDevices", "clientIds", chosen,
                        "requestedBy", "operator@contoso.example"), Map.of("Idempotency-Key", "sync-five"));
        JsonNode job = Await.until("the five devices have checked in", () -> {
            JsonNode now = installation.engine().get("/api/v1/jobs/" + accepted.path("id").asString());
            return now.path("outcome").path("done").asInt(0) == 5 ? Optional.of(now) : Optional.empty();
        });

        assertThat(again.path("id")).isEqualTo(accepted.path("id"));
        assertThat(job.path("state").asString()).isEqualTo("FINISHED");
        assertThat(simulator.tenant().devicesCheckedIn()).isEqualTo(5);
        for (JsonNode device : recorded().subList(0, 5)) {
            assertThat(simulator.tenant().syncCommands(device.path("id").asString())).isEqualTo(1);
        }
    }

    @Test
    void neitherServiceLogsSecrets() throws Exception {
        String logs = Files.readString(installation.directory().resolve("connector-service.log"))
                + Files.readString(installation.directory().resolve("workflow-engine.log"));

        assertThat(logs).contains("IntuneConnector_1")
                .doesNotContain(simulator.access().certificatePassword(), simulator.access().sicsPassword(),
                        installation.connectorToken(), installation.engineToken());
    }

    private List<String> clientIdsOf(List<JsonNode> devices) throws Exception {
        JsonNode clients = installation.engine().get("/api/v1/clients?limit=1000").path("clients");
        List<String> ids = new ArrayList<>();
        for (JsonNode device : devices) {
            StreamSupport.stream(clients.spliterator(), false)
                    .filter(client -> client.path("device").equals(device.path("id")))
                    .map(client -> "{" + client.path("clientId").asString().toUpperCase(Locale.ROOT) + "}")
                    .forEach(ids::add);
        }
        return ids;
    }

    private static List<JsonNode> recorded() throws Exception {
        try (InputStream in = Simulator.class.getResourceAsStream("graph/observed-devices.json")) {
            JsonNode devices = JsonMapper.shared().readTree(in).path("value");
            return StreamSupport.stream(devices.spliterator(), false).toList();
        }
    }
}
