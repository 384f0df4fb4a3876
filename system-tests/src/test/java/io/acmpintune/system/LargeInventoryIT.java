package io.acmpintune.system;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.runtime.browser.Chromium;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.Traffic;
import io.acmpintune.simulator.demo.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A large tenant through both jars, each with the heap that every installation of ours gives it: 256 MB. So many devices as a
 * build has time for, or with {@code -Dsystem.devices=50000} so many as the largest that we promise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeInventoryIT {

    private static final int DEVICES = Integer.getInteger("system.devices", 10_000);
    /** Pages of a thousand, a token, and some air. */
    private static final int GRAPH_CALLS = DEVICES / 1_000 + 5;
    private static final int CHANGED = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final List<String> WRITING = List.of("SaveClients", "SaveMobileDevices");

    private BothServices installation;
    private AcmpServer acmp;
    private StageTimes times;
    private JsonNode firstScan;

    @BeforeAll
    void importAll() throws Exception {
        installation = BothServices.prepare(SimulatorOptions.defaults().withDevices(DEVICES),
                new BothServices.Settings("", "", "", ConsolePeople.yaml()));
        acmp = installation.simulator().acmp("ACMP-1");
        times = new StageTimes(installation, acmp);
        installation.start();
        Await.until("all devices are saved in ACMP", PATIENCE, () -> times.look()
                ? Optional.of(true)
                : Optional.empty());
        firstScan = installation.scanned(0, PATIENCE);
        System.out.println(times);
    }

    @AfterAll
    void stop() throws Exception {
        if (installation != null) {
            System.out.printf("heap at most: connector-service %d MB, workflow-engine %d MB of 256 MB%n",
                    installation.connector().heapPeak(), installation.engine().heapPeak());
            installation.close();
        }
    }

    @Test
    @Order(1)
    void everyDeviceIsOneClientWithEqualFields() {
        assertThat(firstScan.path("state").asString()).isEqualTo("FINISHED");
        assertThat(firstScan.path("added").asInt()).isEqualTo(DEVICES);
        assertThat(firstScan.path("graphCalls").asInt()).isLessThanOrEqualTo(GRAPH_CALLS);
        ExpectedAcmp.assertEqual(acmp, installation.simulator().tenant());
        assertThat(acmp.clientIds()).allSatisfy(client -> assertThat(acmp.timesSaved(client)).isEqualTo(1));
        assertThat(acmp.commandsReceived("GetClientId")).isLessThanOrEqualTo(DEVICES);
    }

    @Test
    @Order(2)
    void anUnchangedTenantIsReadAgainWithoutAnythingBeingWrittenOrPublished() throws Exception {
        Database database = new Database(installation.databaseUrl());
        long published = installation.simulator().sics().publishes();
        long transaction = database.number("select pg_current_xact_id()::text::bigint");
        JsonNode scan = installation.scan(PATIENCE);
        ranInVain();

        assertThat(scan.path("state").asString()).isEqualTo("FINISHED");
        assertThat(scan.path("unchanged").asInt()).isEqualTo(DEVICES);
        assertThat(scan.path("graphCalls").asInt()).isLessThanOrEqualTo(GRAPH_CALLS);
        // each row names the transaction that wrote it
        assertThat(database.number("select count(*) from connector.device where xmin::text::bigint > " + transaction))
                .isZero();
        assertThat(database.number("select count(*) from workflow.client where xmin::text::bigint > " + transaction))
                .isZero();
        assertThat(installation.simulator().sics().publishes()).isEqualTo(published);
    }

    @Test
    @Order(3)
    void ofFiveHundredChangedDevicesOnlyTheirClientsAreWrittenInSixMessages() throws Exception {
        List<String> ids = installation.simulator().tenant().ids();
        // all over the list, so that nearly every page of Intune's has some
        Set<String> changed = new HashSet<>(
                IntStream.range(0, CHANGED).mapToObj(i -> ids.get(i * (DEVICES / CHANGED))).toList());
        Map<String, Map<String, String>> clients = acmp.clients();
        Map<String, Map<String, String>> mobileDevices = acmp.mobileDevices();
        Set<String> meant = mobileDevices.entrySet()
                .stream()
                .filter(client -> changed.contains(client.getValue().getOrDefault("IntuneDeviceId", "")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, Traffic> traffic = acmp.traffic();
        changed.forEach(id -> {
            ObjectNode values = JsonNodeFactory.instance.objectNode();
            values.put("deviceName", "renamed " + id.substring(0, 8)).put("osVersion", "99.9");
            installation.simulator().tenant().change(id, values);
        });

        JsonNode scan = installation.scan(PATIENCE);
        installation.pulled(PATIENCE);
        installation.acknowledged("ACMP-1", DEVICES, PATIENCE);
        ranInVain();

        assertThat(scan.path("changed").asInt()).isEqualTo(CHANGED);
        assertThat(WRITING.stream().mapToLong(command -> since(traffic, command).messages()).sum()).isBetween(2L, 6L);
        assertThat(WRITING).allSatisfy(
                command -> assertThat(since(traffic, command).records()).as(command).isEqualTo(CHANGED));
        assertThat(since(traffic, "GetClientId").messages()).isZero();
        assertThat(without(meant, acmp.clients()).equals(without(meant, clients))).as("all other clients").isTrue();
        assertThat(without(meant, acmp.mobileDevices()).equals(without(meant, mobileDevices)))
                .as("all other mobile devices")
                .isTrue();
        ExpectedAcmp.assertEqual(acmp, installation.simulator().tenant());
    }

    @Test
    @Order(4)
    void theConsolesListOfClientsAnswersWithinThreeHundredMilliseconds() {
        String list = "/console/clients?workflow=IntuneMobileDevices_1";
        try (Chromium chromium = Chromium.at(URI.create(installation.engine().api().url()).getPort(),
                ConsolePeople.PASSWORD); Chromium.Visit olga = chromium.visit(Chromium.Look.DESK, "olga")) {
            for (String address : List.of(list, list + "&q=an", list + "&platform=iOS&sort=-contact",
                    list + "&sort=owner&page=400")) {
                Duration answer = fastest(olga, address);
                System.out.printf("%s: %d ms%n", address, answer.toMillis());
                assertThat(answer).as(address).isLessThan(Duration.ofMillis(300));
            }
        }
    }

    /** Of five, since another test works beside this one. */
    private static Duration fastest(Chromium.Visit visit, String address) {
        return IntStream.range(0, 5).mapToObj(_ -> {
            long begin = System.nanoTime();
            assertThat(visit.page().request().get(address).status()).as(address).isEqualTo(200);
            return Duration.ofNanos(System.nanoTime() - begin);
        }).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** Until a run that a person asks for has found nothing left to do, nothing is known about what is not done. */
    private void ranInVain() throws Exception {
        installation.pulled(PATIENCE);
        JsonNode asked = installation.engine()
                .api()
                .post(BothServices.WORKFLOW + "/runs", Map.of("requestedBy", "anna"), Map.of())
                .path("runs")
                .path(0);
        assertThat(asked.has("id")).as("a run is begun").isTrue();
        Await.until("the run has ended", PATIENCE, () -> {
            JsonNode run = installation.engine()
                    .api()
                    .get(BothServices.WORKFLOW + "/runs/" + asked.path("id").asString());
            return run.path("state").asString("").equals("FINISHED") ? Optional.of(run) : Optional.empty();
        });
    }

    private static Map<String, Map<String, String>> without(Set<String> ids, Map<String, Map<String, String>> records) {
        Map<String, Map<String, String>> others = new HashMap<>(records);
        others.keySet().removeAll(ids);
        return others;
    }

    private Traffic since(Map<String, Traffic> before, String command) {
        Traffic then = before.getOrDefault(command, new Traffic(0, 0, 0));
        Traffic now = acmp.traffic().getOrDefault(command, then);
        return new Traffic(now.messages() - then.messages(), now.records() - then.records(), now.largest());
    }
}
