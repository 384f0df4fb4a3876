package io.acmpintune.system;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.APIResponse;
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
 * Publishes a large tenant through both jars, each with the 256 MB of heap that every installation has. Under {@code -Psoak}
 * it has the 50,000 devices of the largest supported tenant.
 */
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeInventoryIT {

    private static final int DEVICES = TestSize.of("system.devices", 3_000, 50_000);
    /** One call per thousand devices, one for the token, and a small reserve. */
    private static final int GRAPH_CALLS = DEVICES / 1_000 + 5;
    private static final int CHANGED = 500;
    private static final int LARGEST_PAGE = 100;
    private static final Pattern CLIENT_LINK = Pattern.compile("class=\"strong\" href=\"/console/clients/");
    private static final List<String> WRITING = List.of("SaveClients", "SaveMobileDevices");

    private BothServices installation;
    private AcmpServer acmp;
    private StageTimes times;
    private JsonNode firstScan;

    @BeforeAll
    void importAll() throws Exception {
        installation = BothServices.prepare(SimulatorOptions.defaults().withDevices(DEVICES),
                // so that a busy machine, too, sends changes that belong together in one go
                new BothServices.Settings("", "", "gather: 15s", ConsolePeople.yaml()));
        acmp = installation.simulator().acmp("ACMP-1");
        times = new StageTimes(installation, acmp);
        installation.start();
        Await.untilTrue("all devices are saved in ACMP",
                () -> times.update());
        firstScan = installation.scanned(0);
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
        JsonNode scan = installation.scan();
        runsUntilNothingIsLeft();

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
    void onlyTheClientsOfFiveHundredChangedDevicesAreWrittenInAtMostSixMessages() throws Exception {
        List<String> ids = installation.simulator().tenant().ids();
        // spread over the list, so that nearly every page has some
        Set<String> changed = new HashSet<>(
                IntStream.range(0, CHANGED).mapToObj(i -> ids.get(i * (DEVICES / CHANGED))).toList());
        Map<String, Map<String, String>> clients = acmp.clients();
        Map<String, Map<String, String>> mobileDevices = acmp.mobileDevices();
        Set<String> changedClients = mobileDevices.entrySet()
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

        JsonNode scan = installation.scan();
        installation.pulled();
        installation.acknowledged("ACMP-1", DEVICES);
        runsUntilNothingIsLeft();

        assertThat(scan.path("changed").asInt()).isEqualTo(CHANGED);
        assertThat(WRITING.stream().mapToLong(command -> since(traffic, command).messages()).sum()).isBetween(2L, 6L);
        assertThat(WRITING).allSatisfy(
                command -> assertThat(since(traffic, command).records()).as(command).isEqualTo(CHANGED));
        assertThat(since(traffic, "GetClientId").messages()).isZero();
        assertThat(without(changedClients, acmp.clients()).equals(without(changedClients, clients)))
                .as("all other clients")
                .isTrue();
        assertThat(without(changedClients, acmp.mobileDevices()).equals(without(changedClients, mobileDevices)))
                .as("all other mobile devices")
                .isTrue();
        ExpectedAcmp.assertEqual(acmp, installation.simulator().tenant());
    }

    @Test
    @Order(4)
    void theConsoleListsClientsPageByPageHoweverManyThereAre() {
        String list = "/console/clients?workflow=IntuneMobileDevices_1";
        try (Chromium chromium = Chromium.at(URI.create(installation.engine().api().url()).getPort(),
                ConsolePeople.PASSWORD); Chromium.Visit olga = chromium.visit(Chromium.Look.DESK, "olga")) {
            for (String address : List.of(list, list + "&q=an", list + "&platform=iOS&sort=-contact",
                    list + "&sort=owner&page=" + DEVICES / 125)) {
                long begin = System.nanoTime();
                APIResponse page = olga.page().request().get(address);
                System.out.printf("%s: %d ms%n", address, Duration.ofNanos(System.nanoTime() - begin).toMillis());
                assertThat(page.status()).as(address).isEqualTo(200);
                assertThat(CLIENT_LINK.matcher(page.text()).results().count()).as(address)
                        .isBetween(1L, (long) LARGEST_PAGE);
            }
        }
    }

    /** Runs the workflow until nothing is left to do, so that missing calls are proven to be missing. */
    private void runsUntilNothingIsLeft() throws Exception {
        installation.pulled();
        JsonNode asked = installation.engine()
                .api()
                .post(BothServices.WORKFLOW + "/runs", Map.of("requestedBy", "anna"), Map.of())
                .path("runs")
                .path(0);
        assertThat(asked.has("id")).as("a run is begun").isTrue();
        Await.until("the run has ended", () -> {
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
