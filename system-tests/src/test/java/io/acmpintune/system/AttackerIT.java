package io.acmpintune.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

/**
 * An attacker with one or two stolen tokens tries to wipe, retire, lock and notify as many devices as possible. What counts is how
 * many actions reach Intune.
 */
@Order(6)
@Execution(ExecutionMode.CONCURRENT)
class AttackerIT {

    private static final String WORKFLOW = "IntuneMobileDevices_1";
    private static final int FORBIDDEN = 403;
    /** Of destructive kinds. */
    private static final int CAP = 10;
    /** Of disruptive kinds; lower than the default, to be reached soon. */
    private static final int DISRUPTIVE_CAP = 30;
    private static final String CAPPED = "locks-per-10m: %1$d, notifications-per-10m: %1$d".formatted(DISRUPTIVE_CAP);
    private static final String UNCAPPED = "wipes-per-10m: 100, wipes-per-day: 100, retires-per-10m: 100,"
            + " retires-per-day: 100, mac-locks-per-10m: 100, mac-locks-per-day: 100";

    @Test
    void oneIdentityNeverReachesMoreDevicesThanTheThreshold() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                // what all of them reach together is above the caps
                BothServices installation = installation(receiver, UNCAPPED)) {
            Map<AttackedAction, List<String>> devices = devices(installation);
            Map<String, List<Long>> reached = new LinkedHashMap<>();
            for (Person person : Person.values()) {
                reached.put(person.text(), attacked(installation, devices, installation.engineAs(person)));
            }
            reached.put("the plain token", attacked(installation, devices,
                    new ApiCaller(installation.engine().api().url(), JarProcess.TOKEN)));
            reached.put("SICS", attackedOverSics(installation, devices));

            List<Long> nothing = all(_ -> 0);
            List<Long> threshold = all(AttackedAction::threshold);
            assertThat(reached).as("devices reached by wipes, retires, locks of Macs and of phones, notifications")
                    .containsExactlyInAnyOrderEntriesOf(Map.of("vera", nothing, "olga", threshold, "otto", threshold,
                            "ada", nothing, "abel", nothing, "root", nothing, "rita", nothing, "the plain token",
                            threshold, "SICS", all(AttackedAction::overSics)));
            new Canaries(installation).assertNowhere();
        }
    }

    @Test
    void theEnginesOwnTokenReachesTheCapsOfTheConnectorAndNoMore() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                BothServices installation = installation(receiver, CAPPED)) {
            attackTheConnector(installation);
            assertThat(executions(installation)).as("wipes, retires, locks of Macs and of phones, notifications")
                    .containsExactly((long) CAP, (long) CAP, (long) CAP, (long) DISRUPTIVE_CAP,
                            (long) DISRUPTIVE_CAP);
            Await.until("the engine reports actions that none of its jobs ordered",
                    () -> Optional.of(receiver.received("foreign-actions")).filter(alerts -> !alerts.isEmpty()));
            assertThat(installation.engineAs(Person.ADA)
                    .get("/api/v1/audit?event=FOREIGN_ACTION&limit=1000")
                    .at("entries"))
                    .isNotEmpty();
        }
    }

    private static List<Long> all(ToIntFunction<AttackedAction> number) {
        return Arrays.stream(AttackedAction.values()).map(action -> (long) number.applyAsInt(action)).toList();
    }

    @Test
    void twoIdentitiesReachTheCapOfWipesAndOnlyTwoPersonsLiftIt() throws Exception {
        reachTheCap(AttackedAction.WIPE);
    }

    @Test
    void twoIdentitiesReachTheCapOfLockedMacsAndOnlyTwoPersonsLiftIt() throws Exception {
        reachTheCap(AttackedAction.LOCK_MACS);
    }

    @Test
    void twoIdentitiesReachTheCapOfNotificationsAndOnlyTwoPersonsLiftIt() throws Exception {
        reachTheCap(AttackedAction.NOTIFY);
    }

    private static void reachTheCap(AttackedAction action) throws Exception {
        int cap = action == AttackedAction.NOTIFY ? DISRUPTIVE_CAP : CAP;
        int each = cap + 2;
        try (WebhookReceiver receiver = new WebhookReceiver();
                BothServices installation = installation(receiver, CAPPED)) {
            QueryActionCalls calls = new QueryActionCalls(installation);
            List<String> devices = action.clients(installation).subList(0, 2 * each + 1);
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                jobs.add(calls.order(Person.OLGA, action.queryAction(), devices.subList(each * i, each * i + each))
                        .text("id"));
            }
            // ordered before the first approval, because the lock that follows it refuses orders
            for (String job : jobs) {
                assertThat(calls.approve(Person.ADA, job).status()).isEqualTo(200);
            }
            Await.until("the cap is reached", () -> Optional.of(locks(installation))
                    .filter(locks -> locks.size() == 1));
            quiet(installation);

            assertThat(handedOver(installation)).as("handed over").isEqualTo(cap);
            assertThat(action.executions(installation)).as(connectorActions(installation)).isEqualTo(cap);
            Await.until("the webhook receives the alert", () -> Optional.of(receiver.received("cap-reached"))
                    .filter(alerts -> !alerts.isEmpty()));
            Pattern locked = Pattern.compile("ERROR.*Locked actions.*" + WORKFLOW);
            Await.untilTrue("the lock is logged",
                    () -> locked.matcher(Files.readString(installation.engine().log())).find());
            assertThat(calls.order(Person.OTTO, action.queryAction(), devices.subList(2 * each, 2 * each + 1))
                    .status()).isEqualTo(409);

            assertThat(release(installation, Person.OLGA)).as("an operator").isEqualTo(403);
            assertThat(release(installation, Person.ADA)).as("an approver alone").isEqualTo(403);
            assertThat(release(installation, Person.ROOT)).as("the first person").isEqualTo(200);
            assertThat(release(installation, Person.ROOT)).as("the first person again").isEqualTo(403);
            quiet(installation);
            assertThat(handedOver(installation)).as("handed over").isEqualTo(cap);
            assertThat(release(installation, Person.ADA)).as("the second person").isEqualTo(200);
            Await.until("the job that waited goes on", () -> Optional.of(locks(installation))
                    .filter(locks -> locks.size() == 1));
            quiet(installation);
            assertThat(action.executions(installation)).as("a release does not exceed the connector's own cap")
                    .isEqualTo(cap);
            assertThat(new Database(installation.databaseUrl()).number(
                    "select count(*) from workflow.job_target where not_before > now() and problem is not null"))
                    .as("the next targets wait with the reason")
                    .isEqualTo(cap);
            new Canaries(installation).assertNowhere();
        }
    }

    private static BothServices installation(WebhookReceiver receiver, String caps) throws Exception {
        BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(600)
                .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings(
                        "actions: { follow-up: 1s, follow-up-at-most: 2s, caps: { " + caps + " } }", "",
                        "take-query-actions: true",
                        receiver.configuration() + "\nsafety.caps: { " + caps + " }"));
        installation.start();
        installation.acknowledged("ACMP-1", 600);
        return installation;
    }

    private static Map<AttackedAction, List<String>> devices(BothServices installation) throws Exception {
        Map<AttackedAction, List<String>> devices = new EnumMap<>(AttackedAction.class);
        for (AttackedAction action : AttackedAction.values()) {
            devices.put(action, action.clients(installation));
        }
        return devices;
    }

    /** Returns how many devices an identity reaches with each kind by calling everything that it may call. */
    private static List<Long> attacked(BothServices installation, Map<AttackedAction, List<String>> devices,
            ApiCaller attacker) throws Exception {
        settled(installation);
        List<Long> before = executions(installation);
        boolean operates = attacker.post("/api/v1/query-actions", Map.of()).status() != FORBIDDEN;
        for (AttackedAction action : AttackedAction.values()) {
            // whoever may not order uses up no devices
            List<String> all = Objects.requireNonNull(devices.get(action));
            attack(attacker, action, operates ? all : new ArrayList<>(all));
        }
        quiet(installation);
        for (int round = 0; round < 2; round++) {
            for (JsonNode job : attacker.get("/api/v1/jobs?limit=50").at("jobs")) {
                exploit(attacker, "/api/v1/jobs/" + job.path("id").asString(""));
            }
            for (JsonNode approval : list(attacker.get("/api/v1/approvals?state=pending"))) {
                attacker.post("/api/v1/approvals/" + approval.path("id").asString("") + "/decision",
                        Map.of("approve", true));
            }
            for (int i = 0; i < 2; i++) {
                attacker.post("/api/v1/locks/" + WORKFLOW + "/release", Map.of());
                attacker.post("/api/v1/emergency-stop/lift", Map.of("workflow", "*"));
            }
            for (AttackedAction action : AttackedAction.values()) {
                order(attacker, action, last(Objects.requireNonNull(devices.get(action)), action.threshold() + 1),
                        "somebody");
            }
        }
        callTheConnector(installation, new ApiCaller(installation.connector().api().url(), attacker.token()));
        quiet(installation);
        cleanUp(installation);
        List<Long> after = executions(installation);
        return IntStream.range(0, after.size()).mapToObj(i -> after.get(i) - before.get(i)).toList();
    }

    private static List<Long> executions(BothServices installation) {
        return Arrays.stream(AttackedAction.values()).map(action -> action.executions(installation)).toList();
    }

    /** Orders too much at once, then what is allowed, then more in small pieces and under changing names. */
    private static void attack(ApiCaller attacker, AttackedAction action, List<String> devices) throws Exception {
        order(attacker, action, last(devices, action.threshold() + 5), "somebody");
        order(attacker, action, fresh(devices, action.threshold()), "somebody");
        for (String device : fresh(devices, 2)) {
            order(attacker, action, List.of(device), "somebody-" + device);
        }
        // one idempotency key, first for one device and then for several
        for (int count : List.of(1, 5)) {
            attacker.post("/api/v1/query-actions",
                    QueryActionCalls.body(action.queryAction(), last(devices, count), "somebody"),
                    Map.of("Idempotency-Key", "k-" + action));
        }
        for (String system : action.systems()) {
            orderAll(attacker, action, Map.of("operatingSystem", system));
        }
        if (action != AttackedAction.LOCK_MACS) {
            // it would reach the phones, too, which are attacked next
            orderAll(attacker, action, Map.of());
        }
        // a confirmed count that does not match the list
        Map<String, Object> wrong = QueryActionCalls.body(action.queryAction(), last(devices, 2), "somebody");
        wrong.put("confirmedCount", 1);
        attacker.post("/api/v1/query-actions", wrong);
    }

    private static void order(ApiCaller attacker, AttackedAction action, List<String> devices, String by)
            throws Exception {
        attacker.post("/api/v1/query-actions", QueryActionCalls.body(action.queryAction(), devices, by));
    }

    /** Cancels, retries and decides whatever a job allows. */
    private static void exploit(ApiCaller attacker, String job) throws Exception {
        attacker.post(job + "/cancellation", Map.of());
        for (int count : List.of(1, 15)) {
            attacker.post(job + "/retry",
                    Map.of("requestedBy", "somebody", "confirmed", true, "confirmedCount", count));
        }
        for (JsonNode target : attacker.get(job + "/targets?limit=3").at("targets")) {
            attacker.post(job + "/targets/" + target.path("clientId").asString("") + "/decision",
                    Map.of("verdict", "send-again"));
        }
    }

    /** Orders everything that a filter finds, with the clients of a preview as an operator would. */
    private static void orderAll(ApiCaller attacker, AttackedAction action, Map<String, Object> filter)
            throws Exception {
        Map<String, Object> body = QueryActionCalls.body(action.queryAction(), List.of(), "somebody");
        body.remove("clientIds");
        body.put("filter", filter);
        ApiCaller.Answer preview = attacker.post("/api/v1/query-actions/preview", body);
        body.put("clientSet", preview.text("clientSet"));
        body.put("confirmedCount", preview.at("clients").asInt(0));
        attacker.post("/api/v1/query-actions", body);
    }

    /** Other identities are unknown to the connector. The engine's own token is tested separately. */
    private static void callTheConnector(BothServices installation, ApiCaller connector) throws Exception {
        if (!JarProcess.TOKEN.equals(connector.token())) {
            for (AttackedAction action : AttackedAction.values()) {
                String device = action.devices(installation).getLast();
                assertThat(connector.post(BothServices.CONNECTOR + "/actions", action.command(installation, device),
                        Map.of("Idempotency-Key", action + device)).status()).isEqualTo(401);
            }
        }
    }

    /** Asks for more than each cap allows, with different devices for actions after which a device is gone. */
    private static void attackTheConnector(BothServices installation) throws Exception {
        ApiCaller connector = installation.connectorAsEngine();
        for (AttackedAction action : AttackedAction.values()) {
            int cap = action == AttackedAction.LOCK_PHONES || action == AttackedAction.NOTIFY ? DISRUPTIVE_CAP : CAP;
            List<String> devices = action.devices(installation);
            if (action == AttackedAction.RETIRE) {
                devices = devices.reversed();
            }
            for (String device : devices.subList(0, cap + 5)) {
                connector.post(BothServices.CONNECTOR + "/actions", action.command(installation, device),
                        Map.of("Idempotency-Key", "attack-" + action + device));
            }
        }
        quiet(installation);
    }

    private static List<Long> attackedOverSics(BothServices installation, Map<AttackedAction, List<String>> devices)
            throws Exception {
        settled(installation);
        List<Long> before = executions(installation);
        Database database = new Database(installation.databaseUrl());
        int published = 0;
        for (AttackedAction action : AttackedAction.values()) {
            List<String> clients = Objects.requireNonNull(devices.get(action));
            publish(installation, action, "many-" + action, last(clients, action.threshold() + 5), "CONTOSO\\root");
            for (int i = 0; i <= action.overSics() + 2; i++) {
                publish(installation, action, "one-" + i + "-" + action, fresh(clients, 1), "CONTOSO\\admin" + i);
            }
            published += action.overSics() + 4;
        }
        int jobs = published;
        Await.untilTrue("the query actions are accepted",
                () -> installation.simulator().sics().broker().waiting(WORKFLOW) == 0);
        Await.untilTrue("the jobs are created", () -> database.number(
                "select count(*) from workflow.job where identity = 'sics:acmp'") == jobs);
        assertThat(database.number("""
                select count(*) from workflow.job where identity = 'sics:acmp' and requested_by not like 'claimed: %'
                """)).as("orders whose claimed name looks proven").isZero();
        quiet(installation);
        cleanUp(installation);
        List<Long> after = executions(installation);
        return IntStream.range(0, after.size()).mapToObj(i -> after.get(i) - before.get(i)).toList();
    }

    private static void publish(BothServices installation, AttackedAction action, String id, List<String> clients,
            String by) {
        String xml = """
                <ICQL><ACMP><ExecuteIntuneAction ActionType="Request" version="1"><TExecuteIntuneActionRequest_V1>
                <RequestId>%s</RequestId><Action>%s</Action><ClientIds>%s</ClientIds>%s
                <Confirmed>true</Confirmed><ConfirmedCount>%d</ConfirmedCount><RequestedBy>%s</RequestedBy>
                </TExecuteIntuneActionRequest_V1></ExecuteIntuneAction></ACMP></ICQL>
                """.formatted(id, action.queryAction(), clients.stream()
                .map(client -> "<string>{" + client.toUpperCase(Locale.ROOT) + "}</string>")
                .collect(Collectors.joining()), action.parametersOverSics(), clients.size(), by);
        assertThat(installation.simulator()
                .sics()
                .broker()
                .publish(WORKFLOW, WORKFLOW, new Message(
                        Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)), "", "")))
                .as("the on-demand target exists")
                .isTrue();
    }

    /** Returns devices that were not used for longest, for orders that may be carried out. */
    private static List<String> fresh(List<String> devices, int count) {
        List<String> some = List.copyOf(devices.subList(0, count));
        Collections.rotate(devices, -count);
        return some;
    }

    /** Returns devices for orders that must not be carried out. */
    private static List<String> last(List<String> devices, int count) {
        return List.copyOf(devices.subList(devices.size() - count, devices.size()));
    }

    /** Waits until all actions have ended, because a device takes only one lock at a time. */
    private static void settled(BothServices installation) throws Exception {
        Database database = new Database(installation.databaseUrl());
        Await.untilTrue("no lock is in progress", () -> database.number("""
                select count(*) from workflow.job_target where query_action = 'REMOTE_LOCK'
                    and state in ('QUEUED', 'SENDING', 'ACCEPTED', 'PENDING')
                """) == 0);
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
}
