package io.acmpintune.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.junit.jupiter.api.Test;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/** Either service killed at ten random moments of one import, and started again each time. */
class KilledServicesIT {

    private static final int DEVICES = 5_000;
    private static final int PAGE = 250;
    private static final int BATCH = 25;
    /** Look-ups whose answers are written together. */
    private static final int LOOK_UPS_AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /** Else the import would be over before a service that was killed is back. */
    private static final Duration MEANWHILE = Duration.ofMillis(200);

    private final long seed = Long.getLong("system.seed", System.nanoTime());
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    /** A stage of the import, and how far it is. */
    private enum Stage {
        SCAN(DEVICES / PAGE) {
            @Override
            long progress(BothServices installation) {
                return installation.simulator()
                        .requests()
                        .getOrDefault("GET /v1.0/deviceManagement/managedDevices", 0L);
            }
        },
        // who has no user has no domain, and is not looked up
        LOOK_UP(DEVICES * 4 / 5) {
            @Override
            long progress(BothServices installation) {
                return installation.simulator().acmp("ACMP-1").commandsReceived("GetClientId");
            }
        },
        SAVE(2 * DEVICES / BATCH - 20) {
            @Override
            long progress(BothServices installation) {
                AcmpServer acmp = installation.simulator().acmp("ACMP-1");
                return acmp.commandsReceived("SaveClients") + acmp.commandsReceived("SaveMobileDevices");
            }
        };

        private final int all;

        Stage(int all) {
            this.all = all;
        }

        /** How many of its steps have been taken, repeated ones included. */
        abstract long progress(BothServices installation);
    }

    /** When a service is killed: as soon as so many steps of a stage have been taken. */
    private record Moment(Stage stage, long progress, boolean engine) {
        boolean hasCome(BothServices installation) {
            return stage.progress(installation) >= progress;
        }
    }

    @Test
    void afterTenKillsAcmpEqualsTheTenantAndOnlyWhatWasUnderWayWasDoneAgain() throws Exception {
        List<Moment> moments = new ArrayList<>();
        for (Stage stage : List.of(Stage.SCAN, Stage.SCAN, Stage.SCAN, Stage.LOOK_UP, Stage.LOOK_UP, Stage.LOOK_UP,
                Stage.SAVE, Stage.SAVE, Stage.SAVE, Stage.SAVE)) {
            moments.add(new Moment(stage, random.nextLong(1, stage.all), random.nextInt(3) != 0));
        }
        System.out.printf("-Dsystem.seed=%d kills at %s%n", seed, moments);
        long engineKills = moments.stream().filter(Moment::engine).count();
        try (BothServices installation = BothServices.prepare(SimulatorOptions.defaults().withDevices(DEVICES),
                new BothServices.Settings("scanner: { page-size: " + PAGE + " }", "", "batch-size: " + BATCH))) {
            AcmpServer acmp = installation.simulator().acmp("ACMP-1");
            installation.start();
            long scansKilled = 0;
            for (int kills = 0; kills < 10; kills++) {
                Moment moment = next(moments, installation);
                JarProcess victim = moment.engine() ? installation.engine() : installation.connector();
                scansKilled += moment.engine() || isScanned(installation) ? 0 : 1;
                victim.kill();
                assertThat(acmp.mobileDeviceCount()).as("a kill during the import").isLessThan(DEVICES);
                acmp.faults().slow(MEANWHILE);
                victim.launch();
                victim.awaitReady();
                acmp.faults().slow(Duration.ZERO);
            }
            installation.acknowledged("ACMP-1", DEVICES, PATIENCE);

            ExpectedAcmp.assertEqual(acmp, installation.simulator().tenant());
            assertThat(Stage.SCAN.progress(installation)).as("pages read: a scan that is killed starts anew")
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

    /** Waits for the first moment to come; those that have passed while a service was started come at once. */
    private static Moment next(List<Moment> moments, BothServices installation) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Moment> due = moments.stream().filter(moment -> moment.hasCome(installation)).findFirst();
            if (due.isPresent()) {
                moments.remove(due.get());
                return due.get();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new AssertionError("None of these moments came: " + moments);
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
