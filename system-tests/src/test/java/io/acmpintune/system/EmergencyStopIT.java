package io.acmpintune.system;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** The emergency stop under a flood of orders, while a process hangs in a transaction and the audit cannot be written. */
@Order(8)
class EmergencyStopIT {

    private static final int DEVICES = 200;
    private static final int FLOOD = TestSize.isFull() ? 32 : 16;
    private static final Duration FLOODED = Duration.ofSeconds(TestSize.isFull() ? 60 : 10);
    /** What is promised; each build leaves room for other tests on the same processors. */
    private static final Duration ANSWERED = Duration.ofSeconds(TestSize.isFull() ? 2 : 8);
    private static final Duration LAST_ACTION = Duration.ofSeconds(TestSize.isFull() ? 5 : 10);

    @Test
    void aStopIsAnsweredAtOnceAndNothingLeavesLaterWhateverElseIsBusyOrBroken() throws Exception {
        try (BothServices installation = BothServices.prepare(
                SimulatorOptions.defaults().withDevices(DEVICES),
                new BothServices.Settings("actions: { follow-up: 1s, follow-up-at-most: 2s }", "", ""))) {
            installation.start();
            installation.acknowledged("ACMP-1", DEVICES);
            QueryActionCalls calls = new QueryActionCalls(installation);
            Tenant tenant = installation.simulator().tenant();
            List<String> clients = calls.reachable(QueryActionCalls.SYNC, 20);
            Database database = new Database(installation.databaseUrl());
            slowDownOrders(database);

            AtomicBoolean pressed = new AtomicBoolean();
            AtomicInteger accepted = new AtomicInteger();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Instant end = Instant.now().plus(FLOODED);
                List<Future<?>> flood = new ArrayList<>();
                for (int i = 0; i < FLOOD; i++) {
                    List<String> client = List.of(clients.get(i % clients.size()));
                    flood.add(threads.submit(() -> {
                        while (Instant.now().isBefore(end) || !pressed.get()) {
                            if (calls.order(Person.OTTO, QueryActionCalls.SYNC, client).status() == 202) {
                                accepted.incrementAndGet();
                            }
                        }
                        return null;
                    }));
                }
                Await.until("actions are sent", tenant::lastExecution);
                for (int i = 0; i < 20; i++) {
                    flood.add(threads.submit(() -> installation.engineAs(Person.ADA)
                            .post("/api/v1/audit/verification", Map.of())));
                }
                database.execute("""
                        create function workflow.canary_refuse() returns trigger language plpgsql as
                        $$ begin raise exception 'canary: the disk of the audit is full'; end $$;
                        create trigger canary before insert on workflow.audit_entry
                        for each row when (new.event = 'EMERGENCY_STOP_PRESSED')
                        execute function workflow.canary_refuse()
                        """);
                // as a process that was suspended in the middle of a hand-over leaves it behind
                try (Connection hung = database.locked("""
                        select 1 from workflow.job, workflow.lane, workflow.audit_head, workflow.safety_guard
                        for update of job, lane, audit_head, safety_guard
                        """)) {
                    Instant asked = Instant.now();
                    ApiCaller.Answer stop = installation.engineAs(Person.OLGA)
                            .post("/api/v1/emergency-stop", Map.of("workflow", "*", "reason", "a stolen token"));
                    Duration took = Duration.between(asked, Instant.now());
                    pressed.set(true);

                    assertThat(stop.status()).as(stop.body()).isEqualTo(200);
                    assertThat(took).isLessThan(ANSWERED);
                    assertThat(stop.json().path("audited").asBoolean(true)).isFalse();
                    for (Future<?> one : flood) {
                        one.get();
                    }
                    assertThat(tenant.lastExecution().orElseThrow()).as("the last action to leave")
                            .isBefore(asked.plus(LAST_ACTION));
                    assertThat(hung.isClosed()).isFalse();
                }
            }
            assertThat(accepted).as("orders that were accepted before the stop").hasPositiveValue();

            long executed = tenant.totalExecutions();
            database.execute("drop trigger canary on workflow.audit_entry");
            JsonNode stopped = Await.until("the audit entry is made up", () -> stopsAudited(installation));
            assertThat(stopped.path("handOversUnderWay").asInt(-1)).isNotNegative();
            Await.untilTrue("the stopped jobs have ended",
                    () -> database.number("select count(*) from workflow.job where state = 'RUNNING'") == 0);
            assertThat(tenant.totalExecutions()).as("nothing leaves after the flood").isEqualTo(executed);
            assertThat(calls.order(Person.OTTO, QueryActionCalls.SYNC, clients.subList(0, 1)).status()).isEqualTo(409);
        }
    }

    /** Each order commits 20 ms later, as on a slow disk. */
    private static void slowDownOrders(Database database) throws Exception {
        database.execute("""
                create function workflow.slow() returns trigger language plpgsql as
                $$ begin perform pg_sleep(0.02); return null; end $$;
                create constraint trigger slow after insert on workflow.job deferrable initially deferred
                for each row execute function workflow.slow()
                """);
    }

    private static Optional<JsonNode> stopsAudited(BothServices installation) throws Exception {
        return Optional
                .of(installation.engineAs(Person.VERA).get("/api/v1/emergency-stop").json().path(0))
                .filter(stop -> stop.path("audited").asBoolean(false));
    }
}
