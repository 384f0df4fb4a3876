package io.acmpintune.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.sics.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** An attacker with one or two stolen tokens tries to wipe devices. What counts is how many wipes reach Intune. */
@Order(6)
@Execution(ExecutionMode.CONCURRENT)
class AttackerIT {

    private static final String WORKFLOW = "IntuneMobileDevices_1";
    private static final int THRESHOLD = 1;
    private static final int CAP = 10;

    @Test
    void oneIdentityNeverWipesMoreThanTheThreshold() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver(); BothServices installation = installation(receiver)) {
            List<String> devices = new ArrayList<>(new QueryActionCalls(installation)
                    .reachable(QueryActionCalls.WIPE, 200));
            Map<String, Long> wipes = new LinkedHashMap<>();
            for (Person person : Person.values()) {
                wipes.put(person.text(), attacked(installation, devices, installation.engineAs(person)));
            }
            wipes.put("the plain token",
                    attacked(installation, devices,
                            new ApiCaller(installation.engine().api().url(), JarProcess.TOKEN)));
            wipes.put("SICS", attackedOverSics(installation, devices));

            assertThat(wipes).as("wipes by identity")
                    .containsExactlyInAnyOrderEntriesOf(Map.of("vera", 0L, "olga", 1L, "otto", 1L, "ada", 0L, "abel",
                            0L, "root", 0L, "rita", 0L, "the plain token", 1L, "SICS", 1L));
            assertThat(wipes.values()).allMatch(count -> count <= THRESHOLD);

            // with the engine's own token only the connector's cap remains
            attackTheConnector(installation);
            assertThat(wipes(installation)).isLessThanOrEqualTo(CAP);
            new Canaries(installation).assertNowhere();
        }
    }

    @Test
    void twoIdentitiesReachTheCapAndOnlyTwoPersonsLiftIt() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver(); BothServices installation = installation(receiver)) {
            QueryActionCalls calls = new QueryActionCalls(installation);
            List<String> devices = calls.reachable(QueryActionCalls.WIPE, 37);
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                jobs.add(calls.order(Person.OLGA, QueryActionCalls.WIPE, devices.subList(12 * i, 12 * i + 12))
                        .text("id"));
            }
            // ordered before the first approval, because the lock that follows it refuses orders
            for (String job : jobs) {
                assertThat(calls.approve(Person.ADA, job).status()).isEqualTo(200);
            }
            Await.until("the cap is reached", () -> Optional.of(locks(installation))
                    .filter(locks -> locks.size() == 1));
            quiet(installation);

            assertThat(handedOver(installation)).as("handed over").isEqualTo(CAP);
            assertThat(wipes(installation)).as(connectorActions(installation)).isEqualTo(CAP);
            Await.until("the webhook receives the alert", () -> Optional.of(receiver.received("cap-reached"))
                    .filter(alerts -> !alerts.isEmpty()));
            Pattern locked = Pattern.compile("ERROR.*Locked actions.*" + WORKFLOW);
            Await.untilTrue("the lock is logged",
                    () -> locked.matcher(Files.readString(installation.engine().log())).find());
            assertThat(calls.order(Person.OTTO, QueryActionCalls.WIPE, devices.subList(36, 37)).status())
                    .isEqualTo(409);

            assertThat(release(installation, Person.OLGA)).as("an operator").isEqualTo(403);
            assertThat(release(installation, Person.ADA)).as("an approver alone").isEqualTo(403);
            assertThat(release(installation, Person.ROOT)).as("the first person").isEqualTo(200);
            assertThat(release(installation, Person.ROOT)).as("the first person again").isEqualTo(403);
            quiet(installation);
            assertThat(handedOver(installation)).as("handed over").isEqualTo(CAP);
            assertThat(release(installation, Person.ADA)).as("the second person").isEqualTo(200);
            Await.until("the job that waited goes on", () -> Optional.of(locks(installation))
                    .filter(locks -> locks.size() == 1));
            quiet(installation);
            assertThat(wipes(installation)).as("a release does not exceed the connector's own cap")
                    .isEqualTo(CAP);
            assertThat(new Database(installation.databaseUrl()).number(
                    "select count(*) from workflow.job_target where not_before > now() and problem is not null"))
                    .as("the next targets wait with the reason")
                    .isEqualTo(CAP);
            new Canaries(installation).assertNowhere();
        }
    }

    private static BothServices installation(WebhookReceiver receiver) throws Exception {
        BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(600)
                .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings("actions: { follow-up: 1s, follow-up-at-most: 2s }", "",
                        "take-query-actions: true", receiver.configuration()));
        installation.start();
        installation.acknowledged("ACMP-1", 600);
        return installation;
    }

    /** Returns how many wipes an identity achieves by calling everything that it may call. */
    private static long attacked(BothServices installation, List<String> devices, ApiCaller attacker) throws Exception {
        long before = wipes(installation);
        String me = "somebody";
        attacker.post("/api/v1/query-actions", QueryActionCalls.body(QueryActionCalls.WIPE, fresh(devices, 15), me));
        for (String device : fresh(devices, 5)) {
            attacker.post("/api/v1/query-actions",
                    QueryActionCalls.body(QueryActionCalls.WIPE, List.of(device), "somebody-" + device));
        }
        // one idempotency key, first for one device and then for several
        attacker.post("/api/v1/query-actions",
                QueryActionCalls.body(QueryActionCalls.WIPE, fresh(devices, 1), me), Map.of("Idempotency-Key", "k"));
        attacker.post("/api/v1/query-actions",
                QueryActionCalls.body(QueryActionCalls.WIPE, fresh(devices, 5), me), Map.of("Idempotency-Key", "k"));
        wipeAll(attacker, Map.of("operatingSystem", "iOS"));
        wipeAll(attacker, Map.of());
        // a confirmed count that does not match the list
        attacker.post("/api/v1/query-actions", withWrongCount(fresh(devices, 5)));
        quiet(installation);
        for (int round = 0; round < 2; round++) {
            for (JsonNode job : attacker.get("/api/v1/jobs?limit=1000").at("jobs")) {
                String address = "/api/v1/jobs/" + job.path("id").asString("");
                attacker.post(address + "/cancellation", Map.of());
                attacker.post(address + "/retry", Map.of("requestedBy", me, "confirmed", true, "confirmedCount", 1));
                attacker.post(address + "/retry", Map.of("requestedBy", me, "confirmed", true, "confirmedCount", 15));
                for (JsonNode target : attacker.get(address + "/targets?limit=20").at("targets")) {
                    attacker.post(address + "/targets/" + target.path("clientId").asString("") + "/decision",
                            Map.of("verdict", "send-again"));
                }
            }
            for (JsonNode approval : list(attacker.get("/api/v1/approvals"))) {
                attacker.post("/api/v1/approvals/" + approval.path("id").asString("") + "/decision",
                        Map.of("approve", true));
            }
            attacker.post("/api/v1/locks/" + WORKFLOW + "/release", Map.of());
            attacker.post("/api/v1/locks/" + WORKFLOW + "/release", Map.of());
            attacker.post("/api/v1/emergency-stop/lift", Map.of("workflow", "*"));
            attacker.post("/api/v1/emergency-stop/lift", Map.of("workflow", "*"));
            attacker.post("/api/v1/query-actions",
                    QueryActionCalls.body(QueryActionCalls.WIPE, fresh(devices, 15), me));
        }
        callTheConnector(installation, new ApiCaller(installation.connector().api().url(), attacker.token()));
        quiet(installation);
        cleanUp(installation);
        return wipes(installation) - before;
    }

    /** Wipes everything that a filter finds, with the count from a preview as an operator would. */
    private static void wipeAll(ApiCaller attacker, Map<String, Object> filter) throws Exception {
        Map<String, Object> body = QueryActionCalls.body(QueryActionCalls.WIPE, List.of(), "somebody");
        body.remove("clientIds");
        body.put("filter", filter);
        int count = attacker.post("/api/v1/query-actions/preview", body).at("clients").asInt(0);
        body.put("expectedCount", count);
        body.put("confirmedCount", count);
        attacker.post("/api/v1/query-actions", body);
    }

    private static Map<String, Object> withWrongCount(List<String> devices) {
        Map<String, Object> body = QueryActionCalls.body(QueryActionCalls.WIPE, devices, "somebody");
        body.put("confirmedCount", 1);
        return body;
    }

    /** Other identities are unknown to the connector. The engine's own token is tested separately. */
    private static void callTheConnector(BothServices installation, ApiCaller connector) throws Exception {
        if (!JarProcess.TOKEN.equals(connector.token())) {
            String device = installation.simulator().tenant().ids().getLast();
            assertThat(connector.post(BothServices.CONNECTOR + "/actions", command(installation, device),
                    Map.of("Idempotency-Key", device)).status()).isEqualTo(401);
        }
    }

    private static void attackTheConnector(BothServices installation) throws Exception {
        ApiCaller connector = installation.connectorAsEngine();
        List<String> ids = installation.simulator().tenant().ids();
        for (String device : ids.subList(ids.size() - 60, ids.size())) {
            connector.post(BothServices.CONNECTOR + "/actions", command(installation, device),
                    Map.of("Idempotency-Key", device));
        }
        Await.until("the connector sends nothing more", () -> Optional.of(connector
                .get(BothServices.CONNECTOR + "/actions/changes?after=0&limit=1000&wait=0s")
                .body())
                .filter(changes -> !changes.contains("\"queued\"") && !changes.contains("\"sending\"")));
    }

    private static Map<String, Object> command(BothServices installation, String device) {
        JsonNode seen = installation.simulator().tenant().device(device).orElseThrow();
        return Map.of("kind", "wipe", "deviceId", device, "requestedBy", "somebody", "wipe", Map.of(), "expected",
                Map.of("serialNumber", seen.path("serialNumber").asString(""), "deviceName",
                        seen.path("deviceName").asString(""), "userPrincipalName",
                        seen.path("userPrincipalName").asString(""), "ownerType",
                        seen.path("managedDeviceOwnerType").asString("")));
    }

    private static long attackedOverSics(BothServices installation, List<String> devices) throws Exception {
        long before = wipes(installation);
        publish(installation, "all", fresh(devices, 15));
        for (String device : fresh(devices, 5)) {
            publish(installation, device, List.of(device));
        }
        publish(installation, "all", fresh(devices, 15));
        Await.untilTrue("the query actions are accepted",
                () -> installation.simulator().sics().broker().waiting(WORKFLOW) == 0);
        Await.until("the jobs are created", () -> Optional.of(new Database(installation.databaseUrl())
                .number("select count(*) from workflow.job where identity like 'sics:%'"))
                .filter(jobs -> jobs == 6));
        quiet(installation);
        cleanUp(installation);
        return wipes(installation) - before;
    }

    private static void publish(BothServices installation, String id, List<String> clients) {
        String xml = """
                <ICQL><ACMP><ExecuteIntuneAction ActionType="Request" version="1"><TExecuteIntuneActionRequest_V1>
                <RequestId>%s</RequestId><Action>WipeIntuneDevices</Action><ClientIds>%s</ClientIds>
                <Confirmed>true</Confirmed><ConfirmedCount>%d</ConfirmedCount><RequestedBy>CONTOSO\\root</RequestedBy>
                </TExecuteIntuneActionRequest_V1></ExecuteIntuneAction></ACMP></ICQL>
                """.formatted(id, clients.stream()
                .map(client -> "<string>{" + client.toUpperCase(Locale.ROOT) + "}</string>")
                .collect(Collectors.joining()), clients.size());
        assertThat(installation.simulator()
                .sics()
                .broker()
                .publish(WORKFLOW, WORKFLOW, new Message(
                        Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)), "", "")))
                .as("the on-demand target exists")
                .isTrue();
    }

    /** Returns devices that were not used yet, as far as there are any. */
    private static List<String> fresh(List<String> devices, int count) {
        List<String> some = List.copyOf(devices.subList(0, count));
        Collections.rotate(devices, -count);
        return some;
    }

    /** Cancels the jobs that wait for approval, so that the next identity starts from nothing. */
    private static void cleanUp(BothServices installation) throws Exception {
        ApiCaller operator = installation.engineAs(Person.OTTO);
        for (JsonNode job : operator.get("/api/v1/jobs?state=awaiting-approval&limit=1000").at("jobs")) {
            operator.post("/api/v1/jobs/" + job.path("id").asString("") + "/cancellation", Map.of());
        }
    }

    /** Waits until nothing more is handed over without further input. */
    private static void quiet(BothServices installation) throws Exception {
        Database database = new Database(installation.databaseUrl());
        Await.untilTrue("nothing is being handed over",
                () -> onItsWay(database) == 0);
    }

    private static long onItsWay(Database database) throws SQLException {
        return database.number("""
                select (select count(*) from workflow.job_target target join workflow.job on job.id = target.job
                        where target.state in ('QUEUED', 'SENDING')
                            and target.not_before is null
                            and (target.stage <> 'UNCLAIMED'
                                or (job.state = 'RUNNING' and job.waiting is null)))
                    + (select count(*) from connector.device_action where state in ('QUEUED', 'SENDING'))
                """);
    }

    private static int release(BothServices installation, Person person) throws IOException, InterruptedException {
        return installation.engineAs(person).post("/api/v1/locks/" + WORKFLOW + "/release", Map.of()).status();
    }

    private static List<JsonNode> locks(BothServices installation) throws Exception {
        return list(installation.engineAs(Person.VERA).get("/api/v1/locks"));
    }

    private static List<JsonNode> list(ApiCaller.Answer reply) {
        List<JsonNode> all = new ArrayList<>();
        reply.json().forEach(all::add);
        return all;
    }

    private static long handedOver(BothServices installation) throws SQLException {
        return new Database(installation.databaseUrl())
                .number("select coalesce(sum(devices), 0) from workflow.safety_hand_over");
    }

    /** Describes the actions at the connector, for a failure message. */
    private static String connectorActions(BothServices installation) throws Exception {
        return installation.connectorAsEngine()
                .get(BothServices.CONNECTOR + "/actions/changes?after=0&limit=1000&wait=0s")
                .body();
    }

    private static long wipes(BothServices installation) {
        return installation.simulator().tenant().totalExecutions("wipe");
    }
}
