package io.acmpintune.connector.inventory;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

class PagePlanTest {

    private static final ObservedDevice A = device("{\"id\":\"a\"}");
    private static final ObservedDevice B = device("{\"id\":\"b\"}");
    private static final ObservedDevice B_RENAMED = device("{\"id\":\"b\",\"deviceName\":\"new\"}");

    @Test
    void anUnknownDeviceIsNew() {
        assertThat(PagePlan.of(List.of(A), Map.of())).isEqualTo(new PagePlan(List.of(A), 1, 0, 0));
    }

    @Test
    void aDeviceThatDiffersIsChanged() {
        assertThat(PagePlan.of(List.of(B_RENAMED), known(B))).isEqualTo(new PagePlan(List.of(B_RENAMED), 0, 1, 0));
    }

    @Test
    void aDeviceThatIsAsBeforeCostsNoWrite() {
        assertThat(PagePlan.of(List.of(A, B), known(A, B))).isEqualTo(new PagePlan(List.of(), 0, 0, 2));
    }

    @Test
    void aDeviceThatComesTwiceOnAPageCountsOnceWithItsLastRow() {
        assertThat(PagePlan.of(List.of(B, A, B_RENAMED), Map.of()))
                .isEqualTo(new PagePlan(List.of(B_RENAMED, A), 2, 0, 0));
    }

    @Test
    void aDeviceWhoseLastRowIsAsBeforeIsUnchangedWhateverItsFirstRowSaid() {
        assertThat(PagePlan.of(List.of(B_RENAMED, B), known(B))).isEqualTo(new PagePlan(List.of(), 0, 0, 1));
    }

    @Test
    void anEmptyPageChangesNothing() {
        assertThat(PagePlan.of(List.of(), known(A))).isEqualTo(new PagePlan(List.of(), 0, 0, 0));
    }

    private static Map<DeviceId, Fingerprint> known(ObservedDevice... devices) {
        return java.util.Arrays.stream(devices)
                .collect(java.util.stream.Collectors.toMap(ObservedDevice::id, ObservedDevice::fingerprint));
    }

    private static ObservedDevice device(String body) {
        return ObservedDevice.of(JsonMapper.shared().readValue(body, Device.class),
                ObservedDevice.bodies(JsonMapper.shared()));
    }
}
