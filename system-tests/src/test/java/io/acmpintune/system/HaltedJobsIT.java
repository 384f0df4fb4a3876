package io.acmpintune.system;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that come to a halt: because the audit takes no entry, or by an emergency stop. */
class HaltedJobsIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int DEVICES = 600;

    @Test
    void withoutAnAuditNothingIsSentAndAfterwardsEverything() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                BothServices installation = prepared("", receiver)) {
            start(installation);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Database database = new Database(installation.databaseUrl());
            List<String> locked = calls.reachable(QueryActionCalls.LOCK, 150);
            List<String> wiped = new ArrayList<>(calls.reachable(QueryActionCalls.WIPE, 152));
            wiped.removeAll(locked);
            installation.connector().kill();
            String waiting = calls.order(Person.OLGA, QueryActionCalls.LOCK, locked).text("id");
            String unapproved = calls.order(Person.OLGA, QueryActionCalls.WIPE, wiped.subList(0, 2)).text("id");
            Await.until("some are claimed and kept", SOON,
                    () -> database.number("select count(*) from workflow.job_target where stage = 'DEFERRED'") > 0
                            ? Optional.of(true)
                            : Optional.empty());
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
            // it tried before as well, and pauses twice as long each time
            Await.until("the relay has tried with the connector there", SOON,
                    () -> relayFailures(installation) > failed ? Optional.of(true) : Optional.empty());
            assertThat(database.number("select count(*) from connector.device_action"))
                    .as("given to the connector without an entry")
                    .isZero();
            assertThat(installation.simulator().tenant().totalExecutions()).as("sent without an entry").isZero();
            assertThat(database.number("select count(*) from workflow.audit_entry")).isEqualTo(audited);

            database.execute("drop trigger canary on workflow.audit_entry");
            assertThat(calls.approve(Person.ADA, unapproved).status()).isEqualTo(200);
            calls.allIn("done", waiting, SOON);
            calls.allIn("done", unapproved, SOON);
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

    /** How often the lane that hands over has failed because of the database, by the engine's log. */
    private static long relayFailures(BothServices installation) throws Exception {
        return Files.readString(installation.engine().log())
                .lines()
                .filter(line -> line.contains("Lane relay-actions:IntuneMobileDevices_1 failed"))
                .count();
    }

    @Test
    void afterAnEmergencyStopIntuneReceivesNothingMoreUntilTwoPersonsLiftIt() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                // so slow that most of it waits when the stop comes
                BothServices installation = prepared("limits: { writes-per-20s: 40 }", receiver)) {
            start(installation);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Tenant tenant = installation.simulator().tenant();
            List<String> clients = calls.reachable(QueryActionCalls.LOCK, 150);
            String job = calls.order(Person.OLGA, QueryActionCalls.LOCK, clients).text("id");
            Await.until("the first are sent", SOON, () -> tenant.lastExecution());

            assertThat(installation.engineAs(Person.OLGA)
                    .post("/api/v1/emergency-stop", Map.of("workflow", "*", "reason", "a stolen token"))
                    .status()).isEqualTo(200);
            Instant stopped = Instant.now();
            Await.until("the connector has acknowledged the stop", SOON, () -> Optional
                    .of(installation.engineAs(Person.VERA).get("/api/v1/emergency-stop").json())
                    .filter(stops -> stops.path(0).path("connectors").path(0).path("acknowledged").asBoolean(false)));
            // a kill in the middle of sending is another test's
            Database database = new Database(installation.databaseUrl());
            Await.until("what left before the stop is answered", SOON,
                    () -> database.number("select count(*) from connector.device_action where state = 'SENDING'") == 0
                            ? Optional.of(true)
                            : Optional.empty());
            installation.engine().kill();
            installation.connector().kill();
            installation.start();

            assertThat(calls.ended(job, SOON).path("state").asString("")).isEqualTo("STOPPED");
            assertThat(orderedAtTheConnector(installation)).isEqualTo("cancelled");
            // what the budget would let pass later is at its end as well
            JsonNode outcome = Await.until("each target is done or cancelled", SOON, () -> Optional
                    .of(calls.job(job).path("outcome"))
                    .filter(now -> now.path("done").asInt(0) + now.path("cancelled").asInt(0) == 150));
            int sent = outcome.path("done").asInt(0);
            assertThat(tenant.totalExecutions()).isEqualTo(sent);
            assertThat(sent).as("sent before the stop").isLessThan(100);
            assertThat(tenant.lastExecution().orElseThrow()).isBefore(stopped.plusSeconds(5));

            assertThat(calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).status()).isEqualTo(409);
            assertThat(lift(installation, Person.OLGA)).isEqualTo(403);
            assertThat(lift(installation, Person.ADA)).as("an approver first").isEqualTo(403);
            assertThat(lift(installation, Person.ROOT)).isEqualTo(200);
            assertThat(lift(installation, Person.ROOT)).as("the first person again").isEqualTo(403);
            assertThat(calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).status()).isEqualTo(409);
            assertThat(lift(installation, Person.RITA)).isEqualTo(200);

            String later = calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).text("id");
            calls.allIn("done", later, SOON);
            assertThat(tenant.executions("remoteLock")).as("what was stopped stays undone").hasSize(sent);
            assertThat(tenant.totalExecutions()).isEqualTo(sent + 1L);
        }
    }

    /** Whoever has the engine's token goes past the engine: what becomes of that. */
    private static String orderedAtTheConnector(BothServices installation) throws Exception {
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
                new BothServices.Settings("actions: { follow-up: 1s, follow-up-at-most: 2s }\n" + connector, "", "",
                        receiver.configuration(),
                        BothServices.Credential.CERTIFICATE));
    }

    private static void start(BothServices installation) throws Exception {
        installation.start();
        installation.acknowledged("ACMP-1", DEVICES, SOON);
    }
}
