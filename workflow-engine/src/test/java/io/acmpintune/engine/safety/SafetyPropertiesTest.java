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
                new ApprovalProperties(Duration.ofHours(12), 2, 20, Duration.ofHours(1)),
                new CapProperties(3, 30, 4, 40), EXPIRY).settings();

        assertThat(settings).isEqualTo(new SafetySettings(Duration.ofHours(12), Duration.ofHours(1),
                new SafetySettings.Limits(2, 3, 30), new SafetySettings.Limits(20, 4, 40)));
    }

    @Test
    void everyWrongValueIsReportedAtOnce() {
        SafetyProperties wrong = new SafetyProperties(
                new ApprovalProperties(Duration.ofMinutes(1), -1, 1_001, Duration.ofDays(8)),
                new CapProperties(0, 501, 0, 1_001),
                new ExpiryProperties(Duration.ofDays(8), Duration.ofDays(31)));

        assertThatThrownBy(() -> ConfigurationFaults.of("safety", wrong).throwIfAny())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll("safety.approval.window", "safety.approval.expires-after",
                        "safety.approval.wipe-threshold", "safety.approval.retire-threshold",
                        "safety.caps.wipes-per-10m", "safety.caps.wipes-per-day", "safety.caps.retires-per-10m",
                        "safety.caps.retires-per-day", "safety.expiry.destructive", "safety.expiry.other");
    }
}
