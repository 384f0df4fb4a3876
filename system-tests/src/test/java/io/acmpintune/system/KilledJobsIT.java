package io.acmpintune.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.RequestLimits;
import io.acmpintune.simulator.graph.Tenant;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs jobs of every kind while either service is killed repeatedly, at random and at the worst moments. */
@Order(2)
class KilledJobsIT {

    private static final int KILLS = TestSize.of("system.kills", 6, 20);
    private static final int AT_ONCE = Arrays.stream(Kind.values()).mapToInt(kind -> kind.atOnce).sum();
    private static final int DEVICES = 80 * KILLS;
    /** Graph's largest batch, the most actions that can be in flight when the connector is killed. */
    private static final int BATCH = 20;
    private static final String CONNECTORS_ROW = "select name from connector.connector for update";

    private final long seed = Long.getLong("system.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Kind, Iterator<String>> clients = new EnumMap<>(Kind.class);
    private final List<Job> jobs = new ArrayList<>();
    private BothServices installation;
    private QueryActionCalls calls;
    private Database database;
    private long inFlight;

    /** When a service is killed. */
    private enum Moment {
        /** At any time. */
        ANY_OF_THE_CONNECTOR,
        ANY_OF_THE_ENGINE,
        /** Intune has executed a request, and the connector has not received the response. */
        WIPE_IS_UNANSWERED,
        RETIRE_IS_UNANSWERED,
        LOCK_IS_UNANSWERED,
        /** The connector is about to accept a target, and the engine will not receive the response. */
        TARGET_IS_BEING_HANDED_OVER
    }

    /** What is ordered before each kill, so that something is always in flight. */
    private enum Kind {
        WIPE(QueryActionCalls.WIPE, "wipe", 7),
        RETIRE(QueryActionCalls.RETIRE, "retire", 7),
        LOCK(QueryActionCalls.LOCK, "remoteLock", 12),
        SYNC(QueryActionCalls.SYNC, "syncDevice", 20),
        NOTIFY(QueryActionCalls.NOTIFY, "sendCustomNotificationToCompanyPortal", 4);

        private final String queryAction;
        private final String action;
        private final int atOnce;

        Kind(String queryAction, String action, int atOnce) {
            this.queryAction = queryAction;
            this.action = action;
            this.atOnce = atOnce;
        }
    }

    private record Job(String id, Kind kind) {}

    /** @param id of the target's action */
    private record Target(String id, Job job, String client, String device, String state) {

        Kind kind() {
            return job.kind();
        }
    }

    @BeforeEach
    void start() throws Exception {
        installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withLimits(RequestLimits.off())
                .withCheckInDelay(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                new BothServices.Settings(
                        """
                                actions: { follow-up: 1s, follow-up-at-most: 2s, caps: { wipes-per-10m: 500, wipes-per-day: 500, \
                                retires-per-10m: 500, retires-per-day: 500, mac-locks-per-10m: 500, mac-locks-per-day: 500 } }""",
                        "", "", """
                                safety.caps: { wipes-per-10m: 500, wipes-per-day: 500, retires-per-10m: 500, \
                                retires-per-day: 500, mac-locks-per-10m: 500, mac-locks-per-day: 500 }"""));
        installation.start();
        installation.acknowledged("ACMP-1", DEVICES);
        calls = new QueryActionCalls(installation);
        database = new Database(installation.databaseUrl());
        List<String> leaving = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<String> chosen = choose(kind, leaving);
            clients.put(kind, chosen.iterator());
            if (kind == Kind.WIPE || kind == Kind.RETIRE) {
                leaving.addAll(chosen);
            }
        }
    }

    /** Returns as many clients as all kills need; none of them leaves Intune before. */
    private List<String> choose(Kind kind, List<String> leaving) throws Exception {
        int count = KILLS * kind.atOnce;
        List<String> chosen = new ArrayList<>(calls.reachable(kind.queryAction, count + leaving.size()));
        chosen.removeAll(leaving);
        return List.copyOf(chosen.subList(0, count));
    }

    @AfterEach
    void stop() throws Exception {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void killsNeitherRepeatDestructiveActionsNorLoseOrBlockAny() throws Exception {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            moments.add(Moment.values()[i % Moment.values().length]);
        }
        Collections.shuffle(moments, random);
        System.out.printf("-Dsystem.seed=%d -Dsystem.kills=%d: %s%n", seed, KILLS, moments);
        long begin = System.nanoTime();
        for (Moment moment : moments) {
            hit(moment);
        }
        Await.untilTrue("every action has ended or waits for a decision",
                () -> open() == 0);
        Duration duration = Duration.ofNanos(System.nanoTime() - begin);

        List<Target> targets = targets();
        Set<String> uncertain = Set.copyOf(database.texts("""
                select distinct action::text from connector.device_action_history where to_state = 'UNCERTAIN'
                """));
        assertNothingLostOrBlocked(targets, uncertain);
        assertNothingTwice(targets, uncertain);
        assertThat(database.number("select count(*) from connector.device_action_history where to_state = 'UNCERTAIN'"))
                .as("only actions in flight when the connector was killed are uncertain")
                .isEqualTo(inFlight);
        assertResolved(targets, uncertain, duration);
        decide(targets);
        Await.untilTrue("every job is finished",
                () -> database.number("select count(*) from workflow.job where state <> 'FINISHED'") == 0);
        new Canaries(installation).assertNowhere();
    }

    /** Orders actions, waits for the moment, kills a service and starts it again. */
    private void hit(Moment moment) throws Exception {
        switch (moment) {
            case ANY_OF_THE_CONNECTOR -> {
                waitForMoreExecutions();
                killConnector();
            }
            case ANY_OF_THE_ENGINE -> {
                waitForMoreExecutions();
                installation.engine().kill();
            }
            case WIPE_IS_UNANSWERED -> unanswered(Kind.WIPE);
            case RETIRE_IS_UNANSWERED -> unanswered(Kind.RETIRE);
            case LOCK_IS_UNANSWERED -> unanswered(Kind.LOCK);
            case TARGET_IS_BEING_HANDED_OVER -> {
                // the connector cannot store what it receives
                try (Connection _ = database.locked(CONNECTORS_ROW)) {
                    order();
                    Await.untilTrue("a target is being handed over",
                            () -> beingHandedOver() > 0);
                    installation.engine().kill();
                    assertThat(beingHandedOver()).isPositive();
                }
            }
        }
        JarProcess victim = switch (moment) {
            case ANY_OF_THE_ENGINE, TARGET_IS_BEING_HANDED_OVER -> installation.engine();
            case ANY_OF_THE_CONNECTOR, WIPE_IS_UNANSWERED, RETIRE_IS_UNANSWERED, LOCK_IS_UNANSWERED ->
                installation.connector();
        };
        victim.launch();
        victim.awaitReady();
    }

    private void order() throws Exception {
        for (Map.Entry<Kind, Iterator<String>> left : clients.entrySet()) {
            Kind kind = left.getKey();
            List<String> chosen = Stream.generate(left.getValue()::next).limit(kind.atOnce).toList();
            jobs.add(new Job(calls.ordered(Person.OLGA, Person.ADA, kind.queryAction, chosen), kind));
        }
    }

    private void waitForMoreExecutions() throws Exception {
        Tenant tenant = installation.simulator().tenant();
        long then = tenant.totalExecutions() + random.nextInt(1, AT_ONCE);
        order();
        Await.untilTrue(then + " are done",
                () -> tenant.totalExecutions() >= then);
    }

    private void unanswered(Kind kind) throws Exception {
        installation.simulator()
                .faults()
                .next("POST /v1.0/deviceManagement/managedDevices/{id}/" + kind.action, 1, new Fault.HangAfter());
        order();
        Await.untilTrue("Intune keeps the answer to a " + kind.action + " back",
                () -> installation.simulator().faults().hanging() > 0);
        killConnector();
        assertThat(database.number("""
                select count(*) from connector.device_action where state = 'SENDING' and command ->> 'kind' = '%s'
                """.formatted(kind.action))).isPositive();
        installation.simulator().faults().clear();
    }

    private void killConnector() throws Exception {
        installation.connector().kill();
        // waits until the last transaction is committed or rolled back
        database.execute(CONNECTORS_ROW);
        long sending = database.number("select count(*) from connector.device_action where state = 'SENDING'");
        assertThat(sending).isLessThanOrEqualTo(BATCH);
        inFlight += sending;
    }

    private long beingHandedOver() throws SQLException {
        return database.number("""
                select count(*) from workflow.job_target where stage = 'CLAIMED'
                """);
    }

    /** Returns the number of targets that are not final. Intune reports nothing more of an accepted notification. */
    private long open() throws SQLException {
        return database.number("""
                select count(*) from workflow.job_target target join workflow.job on job.id = target.job
                where target.state in ('QUEUED', 'SENDING', 'UNCERTAIN', 'AWAITING_APPROVAL', 'PENDING')
                    or (target.state = 'ACCEPTED' and job.query_action <> 'SEND_NOTIFICATION')
                """);
    }

    private List<Target> targets() throws Exception {
        List<Target> targets = new ArrayList<>();
        for (Job job : jobs) {
            for (JsonNode target : installation.engineAs(Person.VERA)
                    .get("/api/v1/jobs/" + job.id() + "/targets?limit=1000")
                    .at("targets")) {
                targets.add(new Target(target.path("action").asString(""), job, target.path("clientId").asString(""),
                        target.path("device").asString(""), target.path("state").asString("")));
            }
        }
        return targets;
    }

    private void assertNothingLostOrBlocked(List<Target> targets, Set<String> uncertain) throws Exception {
        assertThat(targets).hasSize(KILLS * AT_ONCE).extracting(Target::id).doesNotHaveDuplicates();
        assertThat(database.number("select count(*) from connector.device_action")).isEqualTo(targets.size());
        for (Target target : targets) {
            switch (target.state()) {
                case "done" -> assertThat(times(target)).as(target.toString()).isPositive();
                case "accepted" -> {
                    assertThat(isTraceable(target)).as(target.toString()).isFalse();
                    assertThat(times(target)).as(target.toString()).isPositive();
                }
                // a decision is needed only for uncertain actions
                case "needs-decision" -> assertThat(uncertain).contains(target.id());
                default -> throw new AssertionError("lost, blocked or refused: " + target);
            }
        }
    }

    /** Only a synchronization may be sent again, and only if its result is uncertain. */
    private void assertNothingTwice(List<Target> targets, Set<String> uncertain) {
        assertThat(targets)
                .filteredOn(target -> target.kind() != Kind.SYNC || !uncertain.contains(target.id()))
                .allSatisfy(target -> assertThat(times(target)).isLessThanOrEqualTo(1));
        assertThat(installation.simulator().tenant().totalExecutions())
                .isEqualTo(targets.stream().mapToLong(this::times).sum());
    }

    /** Uncertain actions that two checks of the device do not resolve need a decision by a person. */
    private void assertResolved(List<Target> targets, Set<String> uncertain, Duration duration) {
        List<Target> doubtful = targets.stream().filter(target -> uncertain.contains(target.id())).toList();
        List<Target> traceable = doubtful.stream().filter(KilledJobsIT::isTraceable).toList();
        List<Target> taken = traceable.stream().filter(target -> times(target) > 0).toList();
        long resolved = taken.stream().filter(target -> target.state().equals("done")).count();
        System.out.printf(
                "%,d actions and %d kills in %d s: %d uncertain, %d of them notifications, which leave no trace;"
                        + " of the other %d, Intune executed %d, and %d were resolved%n",
                targets.size(), KILLS,
                duration.toSeconds(), doubtful.size(), doubtful.size() - traceable.size(), traceable.size(),
                taken.size(),
                resolved);
        assertThat(resolved * 100).as("at least 95 %% of %d", taken.size()).isGreaterThanOrEqualTo(taken.size() * 95L);
        assertThat(traceable).filteredOn(target -> times(target) == 0)
                .allSatisfy(target -> assertThat(target.state()).isEqualTo("needs-decision"));
    }

    /** Decides as a person would who has seen the devices. */
    private void decide(List<Target> targets) throws Exception {
        for (Target target : targets) {
            if (target.state().equals("needs-decision")) {
                ApiCaller.Answer decided = installation.engineAs(Person.OLGA)
                        .post("/api/v1/jobs/" + target.job().id() + "/targets/" + target.client() + "/decision",
                                Map.of("verdict", times(target) > 0 ? "taken" : "give-up"));
                assertThat(decided.status()).as(decided.body()).isEqualTo(200);
            }
        }
    }

    private static boolean isTraceable(Target target) {
        return target.kind() != Kind.NOTIFY;
    }

    private int times(Target target) {
        return installation.simulator().tenant().executions(target.kind().action).getOrDefault(target.device(), 0);
    }
}
