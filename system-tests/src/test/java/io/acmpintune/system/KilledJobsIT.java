package io.acmpintune.system;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Patience;
import io.acmpintune.simulator.graph.RequestLimits;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** A thousand actions in jobs of every kind, while either service is killed twenty times, at random and where it hurts. */
class KilledJobsIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration TO_SETTLE = Duration.ofMinutes(6);
    private static final int DEVICES = 1_600;
    /** The connector's largest batch: so many can be on their way when it is killed. */
    private static final int BATCH = 20;
    private static final String DEVICE = "POST /v1.0/deviceManagement/managedDevices/{id}/";

    private final long seed = Long.getLong("system.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** When a service is killed. */
    private enum Moment {
        /** At any time. */
        ANY_OF_THE_CONNECTOR(false),
        ANY_OF_THE_ENGINE(true),
        /** Intune has carried out what a request asked, and the connector has not heard it. */
        ANSWER_OF_A_BATCH_IS_LOST(false),
        ANSWER_OF_A_WIPE_IS_LOST(false),
        ANSWER_OF_A_RETIRE_IS_LOST(false),
        /** A target may have reached the connector, and the engine does not know it. */
        TARGET_IS_CLAIMED(true);

        private final boolean engine;

        Moment(boolean engine) {
            this.engine = engine;
        }
    }

    @Test
    void afterTwentyKillsNothingDestructiveWasDoneTwiceAndNothingIsLostOrStuck() throws Exception {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            moments.addAll(List.of(Moment.ANY_OF_THE_CONNECTOR, Moment.ANY_OF_THE_ENGINE));
        }
        for (int i = 0; i < 3; i++) {
            moments.addAll(List.of(Moment.ANSWER_OF_A_BATCH_IS_LOST, Moment.ANSWER_OF_A_WIPE_IS_LOST,
                    Moment.ANSWER_OF_A_RETIRE_IS_LOST, Moment.TARGET_IS_CLAIMED));
        }
        Collections.shuffle(moments, random);
        System.out.printf("-Dsystem.seed=%d kills: %s%n", seed, moments);
        try (BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withLimits(RequestLimits.off())
                .withCheckInDelay(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                new BothServices.Settings(
                        """
                                actions: { follow-up: 1s, follow-up-at-most: 2s, caps: { wipes-per-10m: 500, wipes-per-day: 500, \
                                retires-per-10m: 500, retires-per-day: 500 } }""",
                        "", "", """
                                safety.caps: { wipes-per-10m: 500, wipes-per-day: 500, retires-per-10m: 500, \
                                retires-per-day: 500 }"""))) {
            installation.start();
            installation.acknowledged("ACMP-1", DEVICES, SOON);
            QueryActionCalls calls = new QueryActionCalls(installation);
            List<String> jobs = order(calls);
            int killed = 0;
            for (Moment moment : moments) {
                killed += kill(installation, moment) ? 1 : 0;
            }
            installation.simulator().faults().clear();
            assertThat(killed).isEqualTo(moments.size());

            Database database = new Database(installation.databaseUrl());
            Patience.until("every target has come to its end", TO_SETTLE,
                    () -> open(database) == 0 ? Optional.of(true) : Optional.empty());
            for (String job : jobs) {
                assertThat(calls.ended(job, SOON).path("state").asString("")).isEqualTo("FINISHED");
            }
            assertNothingTwiceAndNothingLost(installation, jobs);
            assertUncertainOnlyWhereTheKillHit(database, moments);
            new Canaries(installation).assertNowhere();
        }
    }

    /** A thousand targets that differ within their kind; those of a lock may be wiped as well. */
    private List<String> order(QueryActionCalls calls) throws Exception {
        List<String> wiped = calls.reachable(QueryActionCalls.WIPE, 600);
        List<String> jobs = new ArrayList<>();
        jobs.add(calls.ordered(Person.OLGA, Person.ADA, QueryActionCalls.WIPE, wiped.subList(0, 60)));
        jobs.add(calls.ordered(Person.OTTO, Person.ADA, QueryActionCalls.WIPE, wiped.subList(60, 120)));
        List<String> others = new ArrayList<>(calls.reachable(QueryActionCalls.RETIRE, 800));
        others.removeAll(wiped.subList(0, 120));
        jobs.add(calls.ordered(Person.OLGA, Person.ABEL, QueryActionCalls.RETIRE, others.subList(0, 130)));
        List<String> locked = new ArrayList<>(calls.reachable(QueryActionCalls.LOCK, 800));
        locked.removeAll(wiped.subList(0, 120));
        locked.removeAll(others.subList(0, 130));
        jobs.add(calls.ordered(Person.OTTO, Person.ABEL, QueryActionCalls.LOCK, locked.subList(0, 250)));
        List<String> synced = new ArrayList<>(calls.reachable(QueryActionCalls.SYNC, 1_000));
        synced.removeAll(wiped.subList(0, 120));
        synced.removeAll(others.subList(0, 130));
        jobs.add(calls.ordered(Person.OLGA, Person.ADA, QueryActionCalls.SYNC, synced.subList(0, 400)));
        List<String> told = new ArrayList<>(calls.reachable(QueryActionCalls.NOTIFY, 400));
        told.removeAll(wiped.subList(0, 120));
        told.removeAll(others.subList(0, 130));
        jobs.add(calls.ordered(Person.OLGA, Person.ADA, QueryActionCalls.NOTIFY, told.subList(0, 100)));
        return jobs;
    }

    /** Waits for the moment, which may have passed for good, and kills; then starts the service again. */
    private boolean kill(BothServices installation, Moment moment) throws Exception {
        JarProcess victim = moment.engine ? installation.engine() : installation.connector();
        switch (moment) {
            case ANY_OF_THE_CONNECTOR, ANY_OF_THE_ENGINE -> Thread.sleep(random.nextInt(200, 3_000));
            case ANSWER_OF_A_BATCH_IS_LOST -> hang(installation, "POST /v1.0/$batch");
            case ANSWER_OF_A_WIPE_IS_LOST -> hang(installation, DEVICE + "wipe");
            case ANSWER_OF_A_RETIRE_IS_LOST -> hang(installation, DEVICE + "retire");
            case TARGET_IS_CLAIMED -> claimed(new Database(installation.databaseUrl()));
        }
        victim.kill();
        installation.simulator().faults().clear();
        victim.launch();
        victim.awaitReady();
        return true;
    }

    private static void hang(BothServices installation, String route) throws Exception {
        installation.simulator().faults().next(route, 1, new Fault.HangAfter());
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (installation.simulator().faults().hanging() == 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    private static void claimed(Database database) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (database.number("""
                select count(*) from workflow.job_target where claimed_at is not null and action is null and not handed
                """) == 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    /** Targets of which something is still to come; an accepted notification is one of which Intune tells nothing more. */
    private static long open(Database database) throws SQLException {
        return database.number("""
                select count(*) from workflow.job_target target join workflow.job on job.id = target.job
                where target.state in ('QUEUED', 'SENDING', 'UNCERTAIN', 'AWAITING_APPROVAL')
                    or job.state in ('RUNNING', 'AWAITING_APPROVAL')
                """);
    }

    private static void assertNothingTwiceAndNothingLost(BothServices installation, List<String> jobs)
            throws Exception {
        var tenant = installation.simulator().tenant();
        for (String action : List.of("wipe", "retire", "remoteLock")) {
            assertThat(tenant.executions(action)).as(action + " by device")
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        }
        int targets = 0;
        for (String job : jobs) {
            Caller vera = installation.engineAs(Person.VERA);
            String action = graphs(vera.get("/api/v1/jobs/" + job).text("queryAction"));
            Map<String, Integer> done = tenant.executions(action);
            for (JsonNode target : vera.get("/api/v1/jobs/" + job + "/targets?limit=1000").at("targets")) {
                targets++;
                String state = target.path("state").asString("");
                // what nobody can know is put to a person; all else is at Intune
                assertThat(state).as(target.toString()).isIn("accepted", "pending", "done", "needs-decision");
                if (!state.equals("needs-decision")) {
                    assertThat(done).as(action).containsKey(target.path("device").asString(""));
                }
            }
        }
        assertThat(targets).isEqualTo(1_000);
    }

    private static String graphs(String queryAction) {
        return switch (queryAction) {
            case QueryActionCalls.WIPE -> "wipe";
            case QueryActionCalls.RETIRE -> "retire";
            case QueryActionCalls.LOCK -> "remoteLock";
            case QueryActionCalls.SYNC -> "syncDevice";
            default -> "sendCustomNotificationToCompanyPortal";
        };
    }

    private static void assertUncertainOnlyWhereTheKillHit(Database database, List<Moment> moments) throws Exception {
        long kills = moments.stream().filter(moment -> !moment.engine).count();
        long uncertain = database.number("""
                select count(distinct action) from connector.device_action_history where to_state = 'UNCERTAIN'
                """);
        // of a notification Intune tells nothing, whoever asks
        long traceable = database.number("""
                select count(distinct action) from connector.device_action_history history
                    join connector.device_action on device_action.id = history.action
                where to_state = 'UNCERTAIN' and kind <> 'SEND_NOTIFICATION'
                """);
        long resolved = database.number("""
                select count(*) from connector.device_action
                where kind <> 'SEND_NOTIFICATION' and state <> 'NEEDS_DECISION' and 2 >= (
                        select count(*) filter (where to_state = 'UNCERTAIN')
                            - count(*) filter (where to_state = 'UNCERTAIN' and from_state = 'SENDING')
                        from connector.device_action_history where action = device_action.id)
                    and exists (select 1 from connector.device_action_history
                        where action = device_action.id and to_state = 'UNCERTAIN')
                """);
        System.out.printf("%d uncertain after %d kills of the connector; of %d that leave a trace, %d resolved%n",
                uncertain, kills, traceable, resolved);
        assertThat(uncertain).isPositive().isLessThanOrEqualTo(kills * BATCH);
        assertThat(resolved).as("of %d", traceable).isGreaterThanOrEqualTo((traceable * 95 + 99) / 100);
    }
}
