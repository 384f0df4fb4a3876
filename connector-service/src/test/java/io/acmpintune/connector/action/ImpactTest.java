package io.acmpintune.connector.action;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.Device;

import static org.assertj.core.api.Assertions.assertThat;

class ImpactTest {

    @ParameterizedTest
    @CsvSource({
            "iOS, HARMLESS, DISRUPTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "Android, HARMLESS, DISRUPTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "visionOS, HARMLESS, DISRUPTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "Windows 10, HARMLESS, DISRUPTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "macOS, HARMLESS, DESTRUCTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "Mac OS X, HARMLESS, DESTRUCTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "MacMDM, HARMLESS, DESTRUCTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE",
            "'', HARMLESS, DESTRUCTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE"})
    void everyActionHasAnImpactOnEveryPlatform(String system, Impact sync, Impact lock, Impact retire, Impact wipe,
            Impact notification) {
        Device device = device("{\"id\":\"d-1\",\"operatingSystem\":\"" + system + "\"}");

        assertThat(Impact.of(ActionKind.SYNC_DEVICE, device)).isEqualTo(sync);
        assertThat(Impact.of(ActionKind.REMOTE_LOCK, device)).isEqualTo(lock);
        assertThat(Impact.of(ActionKind.RETIRE, device)).isEqualTo(retire);
        assertThat(Impact.of(ActionKind.WIPE, device)).isEqualTo(wipe);
        assertThat(Impact.of(ActionKind.SEND_NOTIFICATION, device)).isEqualTo(notification);
    }

    @ParameterizedTest
    @EnumSource(ActionKind.class)
    void aDeviceOfAnUnknownPlatformHasTheGreatestImpact(ActionKind kind) {
        assertThat(Impact.of(kind, device("{\"id\":\"d-1\"}"))).isEqualTo(Impact.greatest(kind));
    }

    @Test
    void theGreaterImpactCounts() {
        assertThat(Impact.DISRUPTIVE.max(Impact.DESTRUCTIVE)).isEqualTo(Impact.DESTRUCTIVE);
        assertThat(Impact.DISRUPTIVE.max(Impact.HARMLESS)).isEqualTo(Impact.DISRUPTIVE);
    }

    private static Device device(String json) {
        return JsonMapper.shared().readValue(json, Device.class);
    }
}
