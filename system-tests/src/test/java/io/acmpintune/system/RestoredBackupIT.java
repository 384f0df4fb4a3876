package io.acmpintune.system;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** A restored backup has forgotten that a job was cancelled and everything stopped, and an old order is still in the database. */
class RestoredBackupIT {

    private static final int DEVICES = 60;

    @Test
    void aRestoredBackupAndAnExpiredOrderSendNothing() throws Exception {
        try (BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings("actions: { follow-up: 1s, follow-up-at-most: 2s }", "", ""))) {
            installation.start();
            installation.acknowledged("ACMP-1", DEVICES);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Tenant tenant = installation.simulator().tenant();
            Database database = new Database(installation.databaseUrl());
            List<String> clients = calls.reachable(QueryActionCalls.WIPE, 3);

            expired(installation, calls, database, clients.subList(2, 3));
            assertThat(tenant.totalExecutions("wipe")).as("wipes of an expired order").isZero();

            String job = waiting(installation, calls, database, clients.subList(0, 2));
            installation.engine().kill();
            copy(installation, installation.databaseName(), "backup");

            installation.engine().launch();
            installation.engine().awaitReady();
            assertThat(installation.engineAs(Person.OLGA)
                    .post("/api/v1/jobs/" + job + "/cancellation", Map.of())
                    .status()).isEqualTo(200);
            assertThat(installation.engineAs(Person.OLGA)
                    .post("/api/v1/emergency-stop", Map.of("workflow", "*", "reason", "a stolen token"))
                    .status()).isEqualTo(200);
            installation.engine().kill();
            copy(installation, "backup", installation.databaseName());

            installation.start();
            assertThat(calls.ended(job).path("state").asString("")).isEqualTo("STOPPED");
            JsonNode stop = installation.engineAs(Person.VERA).get("/api/v1/emergency-stop").json().path(0);
            assertThat(stop.path("workflow").asString("")).isEqualTo("*");
            assertThat(stop.path("changedBy").asString("")).isEqualTo("system:engine");
            assertThat(stop.path("reason").asString("")).contains("restored from a backup");
            assertThat(installation.engineAs(Person.ADA).get("/api/v1/audit?event=RESTORE_SUSPECTED").json())
                    .as("audit entries")
                    .hasSize(1);
            assertThat(installation.connectorAsEngine().get(BothServices.CONNECTOR + "/stops").body())
                    .contains("system:");

            assertThat(lift(installation, Person.ROOT)).isEqualTo(200);
            assertThat(lift(installation, Person.RITA)).isEqualTo(200);
            calls.allIn("done", lifted(installation, calls, clients.subList(0, 1)));
            assertThat(tenant.totalExecutions("wipe")).as("wipes").isZero();
        }
    }

    /** An order from long ago is still there when the connector comes back. */
    private static void expired(BothServices installation, QueryActionCalls calls, Database database,
            List<String> clients) throws Exception {
        String job = waiting(installation, calls, database, clients);
        database.execute("update workflow.job set created_at = created_at - interval '60 days',"
                + " expires_at = expires_at - interval '60 days'");
        installation.connector().launch();
        installation.connector().awaitReady();
        calls.allIn("expired", job);
        assertThat(installation.engineAs(Person.VERA).get("/api/v1/jobs/" + job + "/targets.csv").body())
                .contains("expired", "action-expired");
    }

    /** Orders wipes that wait for the connector, which is away. */
    private static String waiting(BothServices installation, QueryActionCalls calls, Database database,
            List<String> clients) throws Exception {
        installation.connector().kill();
        String job = calls.ordered(Person.OLGA, Person.ADA, QueryActionCalls.WIPE, clients);
        Await.untilTrue("the targets wait", () -> database.number(
                "select count(*) from workflow.job_target where stage = 'DEFERRED' and job = '" + job + "'") > 0);
        return job;
    }

    /** Orders a synchronization as soon as the connector has been reached by the lift. */
    private static String lifted(BothServices installation, QueryActionCalls calls, List<String> clients)
            throws Exception {
        Await.until("the connector has acknowledged the lift", () -> Optional
                .of(installation.engineAs(Person.VERA).get("/api/v1/emergency-stop").json())
                .filter(stops -> stops.path(0).path("connectors").path(0).path("acknowledged").asBoolean(false)));
        return calls.order(Person.OTTO, QueryActionCalls.SYNC, clients).text("id");
    }

    /** Replaces a database by a copy of another one, as a dump and a restore do. */
    private static void copy(BothServices installation, String from, String to) throws Exception {
        Database server = new Database(
                installation.databaseUrl().replace("/" + installation.databaseName(), "/postgres"));
        Await.untilTrue("the database is copied", () -> {
            try {
                server.execute("drop database if exists " + to + " with (force)");
                server.execute("create database " + to + " template " + from);
                return true;
            } catch (SQLException e) {
                // the server has not noticed yet that a killed service is gone
                if ("55006".equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static int lift(BothServices installation, Person person) throws Exception {
        return installation.engineAs(person).post("/api/v1/emergency-stop/lift", Map.of("workflow", "*")).status();
    }
}
