package io.acmpintune.system;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that halt because no audit entry can be written, or because of an emergency stop. */
@Order(1)
class HaltedJobsIT {

    private static final int DEVICES = 600;

    @Test
    void nothingIsSentWhileTheAuditCannotBeWrittenAndEverythingAfterwards() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                BothServices installation = prepared("", receiver)) {
            start(installation);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Database database = new Database(installation.databaseUrl());
            List<String> locked = calls.reachable(QueryActionCalls.LOCK, 150);
            List<String> wiped = new ArrayList<>(calls.reachable(QueryActionCalls.WIPE, 152));
            wiped.removeAll(locked);
            installation.connector().kill();
            String waiting = calls.ordered(Person.OLGA, Person.ABEL, QueryActionCalls.LOCK, locked);
            String unapproved = calls.order(Person.OLGA, QueryActionCalls.WIPE, wiped.subList(0, 2)).text("id");
            Await.untilTrue("some targets are claimed and not sent",
                    () -> database.number("select count(*) from workflow.job_target where stage = 'DEFERRED'") > 0);
            database.execute("""
                    create function workflow.canary_refuse() returns trigger language plpgsql as
                    $$ begin raise exception 'canary: the disk of the audit is full'; end $$;
                    create trigger canary before insert on workflow.audit_entry
                    for each row execute function workflow.canary_refuse()
                    """);
            long audited = database.number("select count(*) from workflow.audit_entry");
            installation.connector().launch();
            installation.connector().awaitReady();
            long failed = relayFailures(installation);

            for (ApiCaller.Answer reply : List.of(calls.order(Person.OLGA, QueryActionCalls.SYNC, locked.subList(0, 1)),
                    calls.approve(Person.ADA, unapproved),
                    installation.engineAs(Person.OLGA).post("/api/v1/jobs/" + waiting + "/cancellation", Map.of()))) {
                assertThat(reply.status()).as(reply.body()).isEqualTo(503);
                assertThat(reply.body()).contains("urn:acmp-intune:problem:").doesNotContain("canary", "Exception");
            }
            Await.untilTrue("the relay has tried again while the connector is there",
                    () -> relayFailures(installation) > failed);
            assertThat(database.number("select count(*) from connector.device_action"))
                    .as("handed to the connector without an audit entry")
                    .isZero();
            assertThat(installation.simulator().tenant().totalExecutions()).as("sent without an audit entry").isZero();
            assertThat(database.number("select count(*) from workflow.audit_entry")).isEqualTo(audited);

            database.execute("drop trigger canary on workflow.audit_entry");
            assertThat(calls.approve(Person.ADA, unapproved).status()).isEqualTo(200);
            calls.allIn("done", waiting);
            calls.allIn("done", unapproved);
            assertThat(installation.simulator().tenant().executions("remoteLock")).hasSize(150);
            assertThat(installation.simulator().tenant().executions("wipe")).hasSize(2);
            assertThat(installation.simulator().tenant().totalExecutions()).as("each once").isEqualTo(152);
            JsonNode verification = installation.engineAs(Person.ADA)
                    .post("/api/v1/audit/verification", Map.of())
                    .json();
            assertThat(verification.path("intact").asBoolean(false)).as(verification.toString()).isTrue();
            new Canaries(installation).assertNowhere();
        }
    }

    /** Counts in the engine's log how often the relay has failed because of the database. */
    private static long relayFailures(BothServices installation) throws Exception {
        return Files.readString(installation.engine().log())
                .lines()
                .filter(line -> line.contains("Lane relay-actions:IntuneMobileDevices_1 failed"))
                .count();
    }

    @Test
    void intuneReceivesNothingAfterAnEmergencyStopUntilTwoPersonsLiftIt() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                // so slow that most targets still wait when the stop comes
                BothServices installation = prepared("limits: { writes-per-20s: 20 }", receiver)) {
            start(installation);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Tenant tenant = installation.simulator().tenant();
            List<String> clients = calls.reachable(QueryActionCalls.LOCK, 150);
            String job = calls.ordered(Person.OLGA, Person.ABEL, QueryActionCalls.LOCK, clients);
            Await.until("the first are sent", () -> tenant.lastExecution());

            assertThat(installation.engineAs(Person.OLGA)
                    .post("/api/v1/emergency-stop", Map.of("workflow", "*", "reason", "a stolen token"))
                    .status()).isEqualTo(200);
            Await.until("the connector has acknowledged the stop", () -> Optional
                    .of(installation.engineAs(Person.VERA).get("/api/v1/emergency-stop").json())
                    .filter(stops -> stops.path(0).path("connectors").path(0).path("acknowledged").asBoolean(false)));
            // kills while sending are tested in KilledJobsIT
            Database database = new Database(installation.databaseUrl());
            Await.untilTrue("everything sent before the stop is answered",
                    () -> database.number("select count(*) from connector.device_action where state = 'SENDING'") == 0);
            long sent = tenant.totalExecutions();
            installation.engine().kill();
            installation.connector().kill();
            installation.start();

            assertThat(calls.ended(job).path("state").asString("")).isEqualTo("STOPPED");
            assertThat(stateOfActionOrderedAtTheConnector(installation)).isEqualTo("cancelled");
            JsonNode outcome = Await.until("each target is done or cancelled", () -> Optional
                    .of(calls.job(job).path("outcome"))
                    .filter(now -> now.path("done").asInt(0) + now.path("cancelled").asInt(0) == 150));
            assertThat(outcome.path("done").asLong(0)).isEqualTo(sent);
            assertThat(tenant.totalExecutions()).as("sent after the stop").isEqualTo(sent);
            assertThat(sent).as("sent before the stop").isLessThan(150);

            assertThat(calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).status()).isEqualTo(409);
            assertThat(lift(installation, Person.OLGA)).isEqualTo(403);
            assertThat(lift(installation, Person.ADA)).as("an approver first").isEqualTo(403);
            assertThat(lift(installation, Person.ROOT)).isEqualTo(200);
            assertThat(lift(installation, Person.ROOT)).as("the first person again").isEqualTo(403);
            assertThat(calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).status()).isEqualTo(409);
            assertThat(lift(installation, Person.RITA)).isEqualTo(200);

            String later = calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).text("id");
            calls.allIn("done", later);
            assertThat(tenant.executions("remoteLock")).as("stopped targets are not sent later").hasSize((int) sent);
            assertThat(tenant.totalExecutions()).isEqualTo(sent + 1);
        }
    }

    /** Orders an action directly at the connector with the engine's token and returns its state. */
    private static String stateOfActionOrderedAtTheConnector(BothServices installation) throws Exception {
        String device = installation.simulator().tenant().ids().getFirst();
        return installation.connectorAsEngine()
                .post(BothServices.CONNECTOR + "/actions",
                        Map.of("kind", "syncDevice", "deviceId", device, "requestedBy", "somebody"),
                        Map.of("Idempotency-Key", device))
                .text("state");
    }

    private static int lift(BothServices installation, Person person) throws Exception {
        return installation.engineAs(person).post("/api/v1/emergency-stop/lift", Map.of("workflow", "*")).status();
    }

    private static BothServices prepared(String connector, WebhookReceiver receiver) throws Exception {
        return BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings(
                        """
                                actions: { follow-up: 1s, follow-up-at-most: 2s, caps: { mac-locks-per-10m: 500, mac-locks-per-day: 500 } }
                                """
                                + connector,
                        "", "",
                        receiver.configuration()
                                + "\nsafety.caps: { mac-locks-per-10m: 500, mac-locks-per-day: 500 }",
                        BothServices.Credential.CERTIFICATE));
    }

    private static void start(BothServices installation) throws Exception {
        installation.start();
        installation.acknowledged("ACMP-1", DEVICES);
    }
}
