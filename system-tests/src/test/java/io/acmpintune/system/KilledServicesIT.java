package io.acmpintune.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.ReplyFault;
import io.acmpintune.simulator.acmp.Traffic;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills either service at random steps of one import and starts it again each time. */
@Order(8)
class KilledServicesIT {

    private static final int DEVICES = TestSize.isFull() ? 5_000 : 1_500;
    private static final int PAGE = DEVICES / 20;
    private static final int BATCH = DEVICES / 200;
    /** Look-ups whose replies the engine stores together. */
    private static final int LOOK_UPS_AT_ONCE = 1_000;
    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    /** Keeps the import from finishing while a killed service starts. */
    private static final Duration MEANWHILE = Duration.ofMillis(200);

    private final long seed = Long.getLong("system.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A stage of the import in which services are killed. */
    private enum Stage {
        /** A page is read and its response has not reached the connector. */
        SCAN(20, 3, 1) {
            @Override
            void hold(BothServices installation, int steps) {
                installation.simulator().faults().after(LIST, steps, new Fault.HangAfter());
            }

            @Override
            boolean isHeld(BothServices installation, int kills) {
                return installation.simulator().faults().hanging() > 0;
            }
        },
        /** A look-up is executed and its reply has not reached the engine. Devices without a user are not looked up. */
        LOOK_UP(DEVICES * 4 / 5, 3, 1) {
            @Override
            void hold(BothServices installation, int steps) {
                acmp(installation).faults().after("GetClientId", steps, new ReplyFault.Held());
            }

            @Override
            boolean isHeld(BothServices installation, int kills) {
                return acmp(installation).faults().happened().getOrDefault("GetClientId", 0L) > kills;
            }
        },
        /** A batch is saved and its reply has not reached the engine. */
        SAVE(DEVICES / BATCH - 20, 4, 2) {
            @Override
            void hold(BothServices installation, int steps) {
                acmp(installation).faults().after("SaveMobileDevices", steps, new ReplyFault.Held());
            }

            @Override
            boolean isHeld(BothServices installation, int kills) {
                return acmp(installation).faults().happened().getOrDefault("SaveMobileDevices", 0L) > kills;
            }
        };

        /** How many steps the stage has at least. */
        private final int steps;
        private final int kills;

        Stage(int steps, int fullKills, int shortKills) {
            this.steps = steps;
            this.kills = TestSize.isFull() ? fullKills : shortKills;
        }

        /** Lets so many steps pass and holds the response to the next one. */
        abstract void hold(BothServices installation, int steps);

        /** Whether the response that belongs to the kill of this number is held. */
        abstract boolean isHeld(BothServices installation, int kill);

        private static AcmpServer acmp(BothServices installation) {
            return installation.simulator().acmp("ACMP-1");
        }
    }

    @Test
    void afterKillsAcmpEqualsTheTenantAndOnlyInterruptedWorkIsRepeated() throws Exception {
        List<Boolean> engineIsKilled = engineIsKilled();
        System.out.printf("-Dsystem.seed=%d, kills of the engine: %s%n", seed, engineIsKilled);
        long engineKills = engineIsKilled.stream().filter(engine -> engine).count();
        try (BothServices installation = BothServices.prepare(SimulatorOptions.defaults().withDevices(DEVICES),
                // a held reply must not time out, however slowly the killed service starts
                new BothServices.Settings("scanner: { page-size: " + PAGE + " }", "reply-timeout: 30m",
                        "batch-size: " + BATCH))) {
            AcmpServer acmp = installation.simulator().acmp("ACMP-1");
            for (Stage stage : Stage.values()) {
                holdAtRandom(stage, installation);
            }
            installation.start();
            long scansKilled = 0;
            int kills = 0;
            for (Stage stage : Stage.values()) {
                for (int i = 0; i < stage.kills; i++) {
                    int kill = i;
                    Await.untilTrue("step %d of %s is held".formatted(i, stage),
                            () -> stage.isHeld(installation, kill));
                    boolean engine = engineIsKilled.get(kills++);
                    scansKilled += engine || isScanned(installation) ? 0 : 1;
                    JarProcess victim = engine ? installation.engine() : installation.connector();
                    victim.kill();
                    installation.simulator().faults().release();
                    assertThat(acmp.mobileDeviceCount()).as("a kill during the import").isLessThan(DEVICES);
                    acmp.faults().slow(MEANWHILE);
                    victim.launch();
                    victim.awaitReady();
                    acmp.faults().slow(Duration.ZERO);
                    acmp.faults().release();
                }
            }
            installation.acknowledged("ACMP-1", DEVICES);

            ExpectedAcmp.assertEqual(acmp, installation.simulator().tenant());
            assertThat(installation.simulator().requests().getOrDefault(LIST, 0L))
                    .as("pages read: an interrupted scan starts again")
                    .isLessThanOrEqualTo(DEVICES / PAGE * (1 + scansKilled) + scansKilled);
            Map<String, Traffic> traffic = acmp.traffic();
            assertThat(acmp.commandsReceived("GetClientId")).as("look-ups")
                    .isLessThanOrEqualTo(DEVICES + LOOK_UPS_AT_ONCE * engineKills);
            assertThat(records(traffic, "SaveClients")).as("clients saved")
                    .isLessThanOrEqualTo(DEVICES + BATCH * engineKills);
            assertThat(records(traffic, "SaveMobileDevices")).as("mobile devices saved")
                    .isLessThanOrEqualTo(DEVICES + BATCH * engineKills);
        }
    }

    /** For each kill whether it hits the engine or the connector; each is hit at least once. */
    private List<Boolean> engineIsKilled() {
        int kills = Stage.SCAN.kills + Stage.LOOK_UP.kills + Stage.SAVE.kills;
        List<Boolean> victims = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            victims.add(i % 3 != 0);
        }
        Collections.shuffle(victims, random);
        return victims;
    }

    private void holdAtRandom(Stage stage, BothServices installation) {
        int[] steps = random.ints(1, stage.steps).distinct().limit(stage.kills).sorted().toArray();
        int passed = 0;
        for (int step : steps) {
            stage.hold(installation, step - passed);
            passed = step + 1;
        }
    }

    private static boolean isScanned(BothServices installation) throws Exception {
        return installation.connector()
                .api()
                .get(BothServices.CONNECTOR)
                .path("lastScan")
                .path("state")
                .asString("")
                .equals("FINISHED");
    }

    private static long records(Map<String, Traffic> traffic, String command) {
        return traffic.getOrDefault(command, new Traffic(0, 0, 0)).records();
    }
}
