package io.acmpintune.engine.safety;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.safety.SafetyProperties.ApprovalProperties;
import io.acmpintune.engine.safety.SafetyProperties.CapProperties;
import io.acmpintune.engine.safety.SafetyProperties.ExpiryProperties;
import io.acmpintune.runtime.startup.ConfigurationFaults;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SafetyPropertiesTest {

    private static final ExpiryProperties EXPIRY = new ExpiryProperties(Duration.ofHours(24), Duration.ofDays(7));

    @Test
    void limitsApplyToTheirKind() {
        SafetySettings settings = new SafetyProperties(
                new ApprovalProperties(Duration.ofHours(12), 2, 20, 11, 12, 13, 14, 15, 16, Duration.ofHours(1)),
                new CapProperties(3, 30, 4, 40, 5, 50, 6, 60, 7, 70), EXPIRY).settings();

        assertThat(settings).isEqualTo(new SafetySettings(Duration.ofHours(12), Duration.ofHours(1), 16,
                new SafetySettings.SicsThresholds(15, 14), new SafetySettings.Limits(2, 3, 30),
                new SafetySettings.Limits(20, 4, 40), new SafetySettings.Limits(11, 5, 50),
                new SafetySettings.Limits(12, 6, 60), new SafetySettings.Limits(13, 7, 70)));
    }

    @Test
    void everyWrongValueIsReportedAtOnce() {
        SafetyProperties wrong = new SafetyProperties(
                new ApprovalProperties(Duration.ofMinutes(1), -1, 1_001, -1, -1, -1, -1, -1, -1, Duration.ofDays(8)),
                new CapProperties(0, 501, 0, 1_001, 0, 100_001, 0, 100_001, 0, 100_001),
                new ExpiryProperties(Duration.ofDays(8), Duration.ofDays(31)));

        assertThatThrownBy(() -> ConfigurationFaults.of("safety", wrong).throwIfAny())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll("safety.approval.window", "safety.approval.expires-after",
                        "safety.approval.wipe-threshold", "safety.approval.retire-threshold",
                        "safety.caps.wipes-per-10m", "safety.caps.wipes-per-day", "safety.caps.retires-per-10m",
                        "safety.caps.retires-per-day", "safety.approval.mac-lock-threshold",
                        "safety.approval.lock-threshold", "safety.approval.notification-threshold",
                        "safety.approval.sics-destructive-threshold", "safety.approval.sics-disruptive-threshold",
                        "safety.approval.confirm-disruptive-above", "safety.caps.mac-locks-per-10m",
                        "safety.caps.mac-locks-per-day", "safety.caps.locks-per-10m", "safety.caps.locks-per-day",
                        "safety.caps.notifications-per-10m", "safety.caps.notifications-per-day",
                        "safety.expiry.destructive", "safety.expiry.other");
    }
}
