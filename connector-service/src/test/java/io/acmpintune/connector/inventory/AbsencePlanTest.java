package io.acmpintune.connector.inventory;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

class AbsencePlanTest {

    private static final DeviceId A = new DeviceId("a");
    private static final DeviceId B = new DeviceId("b");
    private static final DeviceId C = new DeviceId("c");

    @Test
    void aDeviceThatIsMissedOnceIsOnlySuspected() {
        AbsencePlan plan = AbsencePlan.of(Set.of(A, B), Set.of(), Set.of(A), Set.of());

        assertThat(plan).isEqualTo(new AbsencePlan(Set.of(B), Set.of(), Set.of(), Set.of()));
    }

    @Test
    void aDeviceThatIsMissedAgainIsToBeConfirmed() {
        AbsencePlan plan = AbsencePlan.of(Set.of(A, B, C), Set.of(B), Set.of(A), Set.of());

        assertThat(plan).isEqualTo(new AbsencePlan(Set.of(C), Set.of(B), Set.of(), Set.of()));
    }

    @Test
    void aSuspectThatIsSeenIsCleared() {
        AbsencePlan plan = AbsencePlan.of(Set.of(A, B), Set.of(B), Set.of(A, B), Set.of());

        assertThat(plan).isEqualTo(new AbsencePlan(Set.of(), Set.of(), Set.of(B), Set.of()));
    }

    @Test
    void anEmptyListSaysNothing() {
        AbsencePlan plan = AbsencePlan.of(Set.of(A, B), Set.of(B), Set.of(), Set.of());

        assertThat(plan).isEqualTo(new AbsencePlan(Set.of(), Set.of(), Set.of(), Set.of()));
    }

    @Test
    void fiftyRemovalsAreBelievedInASmallTenantAndFivePercentInALargeOne() {
        assertThat(IntStream.of(0, 60, 1_000, 1_020, 50_000).map(AbsencePlan::limit)).containsExactly(50, 50, 50, 51,
                2_500);
    }

    @Test
    void onlyMoreThanTheLimitIsTooMany() {
        AbsencePlan fifty = new AbsencePlan(Set.of(), devices(50), Set.of(), Set.of());
        AbsencePlan more = new AbsencePlan(Set.of(), devices(51), Set.of(), Set.of());

        assertThat(fifty.exceeds(200, Set.of())).isFalse();
        assertThat(more.exceeds(200, Set.of())).isTrue();
    }

    @Test
    void whatAnOperatorReleasedDoesNotCount() {
        AbsencePlan plan = new AbsencePlan(Set.of(), devices(80), Set.of(), Set.of());

        assertThat(plan.exceeds(200, devices(80))).isFalse();
        assertThat(plan.exceeds(200, devices(29))).isTrue();
    }

    @Test
    void onlyKnownDevicesThatNoLongerMatchAreExcluded() {
        AbsencePlan plan = AbsencePlan.of(Set.of(A, B), Set.of(), Set.of(A, B, C), Set.of(B, C));

        assertThat(plan).isEqualTo(new AbsencePlan(Set.of(), Set.of(), Set.of(), Set.of(B)));
    }

    @Test
    void missingAndExcludedDevicesCountTogether() {
        AbsencePlan plan = new AbsencePlan(Set.of(), devices(30), Set.of(),
                IntStream.range(30, 51).mapToObj(i -> new DeviceId("d" + i)).collect(Collectors.toSet()));

        assertThat(plan.exceeds(200, Set.of())).isTrue();
        assertThat(plan.exceeds(200, devices(1))).isFalse();
    }

    private static Set<DeviceId> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> new DeviceId("d" + i)).collect(Collectors.toSet());
    }
}
