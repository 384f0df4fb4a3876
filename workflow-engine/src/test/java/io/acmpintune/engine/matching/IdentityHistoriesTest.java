package io.acmpintune.engine.matching;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Random lives of devices: whatever happens to them, one device is one client, and a client is one device. */
class IdentityHistoriesTest {

    private static final int HISTORIES = 10_000;
    private static final int STEPS = 40;

    @Test
    void oneDeviceIsOneClientThroughTenThousandHistories() {
        // a failure names its seed: new DeviceLives(seed).live(STEPS) is that history again
        long first = new Random().nextInt(Integer.MAX_VALUE);
        long conflicts = 0;
        long superseded = 0;
        long byName = 0;
        for (long seed = first; seed < first + HISTORIES; seed++) {
            DeviceLives lives = new DeviceLives(seed);
            lives.live(STEPS);
            conflicts += lives.seen(MatchState.CONFLICT);
            superseded += lives.seen(MatchState.SUPERSEDED);
            byName += lives.seen(MatchingRule.NAME_AND_DOMAIN);
        }

        assertThat(conflicts).as("conflicts came about").isGreaterThan(100);
        assertThat(superseded).as("devices were enrolled again").isGreaterThan(100);
        assertThat(byName).as("names linked").isGreaterThan(100);
    }
}
