package io.acmpintune.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Api;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.RequestLimits;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills connector-service at the worst moments, and runs two replicas on one database under Intune's enforced limits. */
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
class ConnectorIT {

    private static final int SYNCS = TestSize.isFull() ? 1_000 : 450;
    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    private static final String WIPE = "POST /v1.0/deviceManagement/managedDevices/{id}/wipe";

    @Test
    void anInterruptedScanStartsAgainAndNeitherLosesNorInventsDevices() throws Exception {
        try (ConnectorReplicas world = new ConnectorReplicas(SimulatorOptions.defaults().withDevices(1_200),
                "scanner: { page-size: 100 }")) {
            world.simulator().faults().after(LIST, 5, new Fault.HangAfter());
            JarProcess first = world.start();
            hangs(world);
            int stored = feed(first.api()).size();
            first.kill();

            Api second = world.start().api();
            JsonNode scans = Await.until("a scan is finished", () -> Optional
                    .of(second.get(ConnectorReplicas.CONNECTOR + "/scans"))
                    .filter(all -> all.path(0).path("state").asString("").equals("FINISHED")));

            assertThat(stored).as("devices of the pages before the kill").isBetween(100, 500);
            assertThat(feed(second)).containsExactlyInAnyOrderElementsOf(world.simulator().tenant().ids());
            assertThat(scans.path(0).path("removed").asInt(-1)).isZero();
            assertThat(scans.path(0).path("suspect").asInt(-1)).isZero();
            assertThat(scans.path(1).path("state").asString("")).isEqualTo("FAILED");
            assertThat(scans.path(1).path("problem").path("type").asString("")).endsWith("scan-interrupted");
        }
    }

    @Test
    void anActionInterruptedBetweenRequestAndResponseIsConfirmedAtTheDeviceAndNotSentTwice() throws Exception {
        try (ConnectorReplicas world = new ConnectorReplicas(
                SimulatorOptions.defaults()
                        .withDevices(120)
                        .withCheckInDelay(Duration.ofSeconds(20), Duration.ofSeconds(25)),
                "actions: { follow-up: 1s, follow-up-at-most: 5s }")) {
            List<String> phones = phones(world).subList(10, 14);
            JarProcess first = world.start();
            scanned(first.api());
            world.simulator().faults().next(WIPE, 1, new Fault.HangAfter());
            String wipe = order(world, first.api(), phones.get(0), "wipe");
            hangs(world);
            // these wait behind the action that is being sent
            List<String> waiting = List.of(order(world, first.api(), phones.get(1), "retire"),
                    order(world, first.api(), phones.get(2), "remoteLock"),
                    order(world, first.api(), phones.get(3), "syncDevice"));
            first.kill();
            world.simulator().faults().clear();

            Api second = world.start().api();
            for (String action : List.of(wipe, waiting.get(0), waiting.get(1), waiting.get(2))) {
                Await.until(action + " is done", () -> Optional.of(state(second, action))
                        .filter(state -> state.equals("done")));
            }

            assertThat(states(second, wipe)).containsSubsequence("sending", "uncertain", "accepted", "done");
            assertThat(world.simulator().tenant().executions("wipe")).containsOnly(Map.entry(phones.get(0), 1));
            assertThat(world.simulator().tenant().executions("retire")).containsOnly(Map.entry(phones.get(1), 1));
            assertThat(world.simulator().tenant().executions("remoteLock")).containsOnly(Map.entry(phones.get(2), 1));
            assertThat(world.simulator().tenant().executions("syncDevice")).containsOnly(Map.entry(phones.get(3), 1));
        }
    }

    @Test
    void twoReplicasStayWithinIntunesLimitsAndSendEachSyncOnce() throws Exception {
        try (ConnectorReplicas world = new ConnectorReplicas(SimulatorOptions.defaults()
                .withDevices(1_200)
                .withLimits(RequestLimits.enforced(RequestLimits.RetryAfter.OMITTED)), "actions: { follow-up: 2s }")) {
            List<JarProcess> replicas = List.of(world.start(), world.start());
            scanned(replicas.getFirst().api());
            List<String> devices = answering(world).limit(SYNCS).toList();
            long start = System.nanoTime();
            for (int i = 0; i < devices.size(); i++) {
                order(world, replicas.get(i % 2).api(), devices.get(i), "syncDevice");
            }
            Await.untilTrue("all are sent",
                    () -> world.simulator().tenant().totalExecutions("syncDevice") >= devices.size());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            long throttled = world.simulator().graphResponses().getOrDefault(429, 0L);
            long answered = world.simulator().graphResponses().values().stream().mapToLong(Long::longValue).sum();
            System.out.printf("%,d syncs by two replicas: %.1f s, %d of %d requests answered with 429%n",
                    SYNCS, (double) took.toMillis() / 1_000, throttled, answered);

            assertThat(world.simulator().tenant().executions("syncDevice")).hasSize(SYNCS)
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
            // 200 writes per 20 seconds, the first 200 at once
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds((SYNCS - 1) / 200 * 20L));
            assertThat(throttled * 200).as("at most 0.5 % throttled").isLessThanOrEqualTo(answered);
        }
    }

    private static void hangs(ConnectorReplicas world) throws Exception {
        Await.untilTrue("a request hangs",
                () -> world.simulator().faults().hanging() > 0);
    }

    private static void scanned(Api api) throws Exception {
        Await.until("the first scan is finished", () -> Optional
                .of(api.get(ConnectorReplicas.CONNECTOR).path("lastScan").path("state").asString(""))
                .filter(state -> state.equals("FINISHED")));
    }

    private static List<String> feed(Api api) throws Exception {
        List<String> ids = new ArrayList<>();
        api.get(ConnectorReplicas.CONNECTOR + "/devices/changes?limit=5000")
                .path("changes")
                .forEach(change -> ids.add(change.path("device").path("id").asString("removed")));
        return ids;
    }

    private static String order(ConnectorReplicas world, Api api, String device, String kind) throws Exception {
        Map<String, Object> command = new HashMap<>(
                Map.of("kind", kind, "deviceId", device, "requestedBy", "anna"));
        if (kind.equals("wipe") || kind.equals("retire")) {
            command.put("expected", seen(world.simulator().tenant().device(device).orElseThrow()));
        }
        if (kind.equals("wipe")) {
            command.put("wipe",
                    Map.of("keepEnrollmentData", false, "keepUserData", false, "persistEsimDataPlan", true));
        }
        JsonNode action = api.post(ConnectorReplicas.CONNECTOR + "/actions", command,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        assertThat(action.path("state").asString("")).as(action.toString()).isEqualTo("queued");
        return action.path("id").asString();
    }

    /** Returns what an operator sees of the device. */
    private static Map<String, String> seen(JsonNode device) {
        return Map.of("serialNumber", device.path("serialNumber").asString(""), "deviceName",
                device.path("deviceName").asString(""), "userPrincipalName",
                device.path("userPrincipalName").asString(""), "ownerType",
                device.path("managedDeviceOwnerType").asString(""));
    }

    private static String state(Api api, String action) throws Exception {
        return api.get(ConnectorReplicas.CONNECTOR + "/actions/" + action).path("state").asString("");
    }

    private static List<String> states(Api api, String action) throws Exception {
        List<String> states = new ArrayList<>();
        api.get(ConnectorReplicas.CONNECTOR + "/actions/" + action + "/history")
                .forEach(event -> states.add(event.path("to").asString("")));
        return states;
    }

    private static List<String> phones(ConnectorReplicas world) {
        return answering(world)
                .filter(id -> world.simulator()
                        .tenant()
                        .device(id)
                        .map(device -> device.path("operatingSystem").asString("").equals("iOS"))
                        .orElse(false))
                .toList();
    }

    private static Stream<String> answering(ConnectorReplicas world) {
        return world.simulator().tenant().ids().stream().filter(id -> !world.simulator().tenant().neverChecksIn(id));
    }
}
