package io.acmpintune.system;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** Two replicas of the engine on one database, of which one is suspended or killed in the middle of its work. */
@Order(9)
class EngineReplicasIT {

    private static final int DEVICES = 300;
    private static final int PER_JOB = 30;
    private static final BothServices.Heartbeats HEARTBEATS = TestSize.isFull()
            ? BothServices.Heartbeats.DEFAULT
            : BothServices.Heartbeats.FREQUENT;
    private static final Duration SUSPENDED = Duration.ofSeconds(TestSize.isFull() ? 120 : 10);
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @Test
    void aSuspendedReplicaLosesItsWorkAndWritesAndSendsNothingWhenItContinues() throws Exception {
        try (BothServices installation = BothServices.prepare(
                SimulatorOptions.defaults()
                        .withDevices(DEVICES)
                        .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings("""
                        actions: { follow-up: 1s, follow-up-at-most: 2s, \
                        caps: { mac-locks-per-10m: 500, mac-locks-per-day: 500 } }
                        """.strip(), "", "", """
                        safety.approval: { lock-threshold: 500, mac-lock-threshold: 500 }
                        safety.caps: { mac-locks-per-10m: 500, mac-locks-per-day: 500 }
                        """).with(HEARTBEATS))) {
            installation.start();
            installation.acknowledged("ACMP-1", DEVICES);
            JarProcess first = installation.engine();
            JarProcess second = installation.addEngine();
            QueryActionCalls calls = new QueryActionCalls(installation);
            List<String> clients = calls.reachable(QueryActionCalls.LOCK, 3 * PER_JOB);
            Database database = new Database(installation.databaseUrl());

            // whichever replica has the work: it is suspended in one of the two rounds
            suspendDuring(first, second, clients.subList(0, PER_JOB), database);
            suspendDuring(second, first, clients.subList(PER_JOB, 2 * PER_JOB), database);

            Instant killed = Instant.now();
            first.kill();
            String job = order(second, clients.subList(2 * PER_JOB, 3 * PER_JOB));
            Await.untilTrue("the other replica goes on",
                    () -> database.number("select count(*) from workflow.job_target where job = '" + job
                            + "' and stage in ('HANDED_OVER', 'CLOSED')") > 0);
            Duration recovery = Duration.between(killed, Instant.now());
            System.out.println("From kill -9 to the next completed step: " + recovery.toMillis() + " ms");
            assertThat(recovery).isLessThan(RECOVERY);
            finished(job, database);

            assertThat(installation.simulator().tenant().executions("remoteLock")).as("each device once")
                    .hasSize(3 * PER_JOB);
            assertThat(installation.simulator().tenant().totalExecutions()).isEqualTo(3 * PER_JOB);
            assertThat(lost(first) + lost(second)).as("runs that noticed that they were taken over").isPositive();
        }
    }

    private static void suspendDuring(JarProcess suspended, JarProcess other, List<String> clients, Database database)
            throws Exception {
        String job = order(other, clients);
        suspended.suspend();
        Instant until = Instant.now().plus(SUSPENDED);
        finished(job, database);
        Await.untilTrue("it was suspended long enough", () -> Instant.now().isAfter(until));
        suspended.resume();
        suspended.awaitReady();
    }

    private static String order(JarProcess replica, List<String> clients) throws Exception {
        ApiCaller.Answer ordered = BothServices.engineAs(Person.OLGA, replica)
                .post("/api/v1/query-actions",
                        QueryActionCalls.body(QueryActionCalls.LOCK, clients, Person.OLGA.text()));
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
        return ordered.text("id");
    }

    private static void finished(String job, Database database) throws Exception {
        Await.untilTrue("all targets have an outcome",
                () -> database.number("select count(*) from workflow.job_target where job = '" + job
                        + "' and state <> 'DONE'") == 0);
    }

    /** Counts the runs of lanes that ended because another replica had taken them over. */
    private static long lost(JarProcess replica) throws Exception {
        try (Stream<String> lines = Files.lines(replica.log())) {
            return lines.filter(line -> line.contains("was taken over by another replica")).count();
        }
    }
}
