package io.acmpintune.connector.action;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;

import static org.assertj.core.api.Assertions.assertThat;

/** Microsoft's table of platforms and actions, once more and in other words than the code's. */
class PlatformSupportTest {

    @ParameterizedTest
    @CsvSource({
            // system, enrollment, owner: sync lock retire wipe notify
            "Android, androidEnterpriseDedicatedDevice, company, yyNyN",
            "Android, androidEnterpriseFullyManaged, company, yyNyN",
            "AndroidEnterprise, androidEnterpriseCorporateWorkProfile, company, yyNyN",
            "AndroidAOSP, androidAOSPUserlessDeviceEnrollment, company, yyNyN",
            "AndroidForWork, userEnrollment, personal, yNyNy",
            // the kind of Android is unknown: Intune decides
            "Android, unknownFutureValue, company, yyyyy", "Android, userEnrollment, personal, yyyyy",
            "iOS, appleBulkWithUser, company, yyyyy", "iPadOS, userEnrollment, personal, yyyyy",
            "macOS, userEnrollment, company, yyyyN", "Windows, windowsAzureADJoin, company, yNyyN",
            "Windows 10, windowsAutoEnrollment, company, yNyyN", "visionOS, userEnrollment, company, yyyNN",
            "tvOS, userEnrollment, company, yNyNN", "ChromeOS, unknown, company, NNNyN",
            "Linux, unknown, company, NNNNN",
            "'', unknown, unknown, yyyyy"})
    void everyPlatformTakesWhatMicrosoftSays(String system, String enrollment, String owner, String takes) {
        Device device = JsonMapper.shared().readValue("""
                {"id":"d-1","operatingSystem":"%s","deviceEnrollmentType":"%s","managedDeviceOwnerType":"%s"}
                """.formatted(system, enrollment, owner), Device.class);

        assertThat(Stream.of(ActionKind.SYNC_DEVICE, ActionKind.REMOTE_LOCK, ActionKind.RETIRE, ActionKind.WIPE,
                ActionKind.SEND_NOTIFICATION)
                .map(kind -> PlatformSupport.refusal(kind, device).isEmpty() ? "y" : "N")
                .collect(Collectors.joining())).isEqualTo(takes);
    }

    @Test
    void aDeviceWithoutPlatformDataIsAllowed() {
        Device device = JsonMapper.shared().readValue("{\"id\":\"d-1\"}", Device.class);

        assertThat(ActionKind.values())
                .allSatisfy(kind -> assertThat(PlatformSupport.refusal(kind, device)).isEmpty());
    }
}
