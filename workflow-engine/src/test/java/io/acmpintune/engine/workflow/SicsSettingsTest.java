package io.acmpintune.engine.workflow;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SicsSettingsTest {

    private static final Duration TIME = Duration.ofSeconds(5);

    @Test
    void connectionIsReadWithoutSurroundingSpace() {
        assertThat(SicsSettings.connection(sics(" https://sics:3900 ", " acmp", "canary", TIME))).isEqualTo(
                new SicsConnection(URI.create("https://sics:3900"), "acmp", "canary", false, TIME, TIME, TIME));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            sics:3900                  | no scheme or no host
            /sics                      | no scheme or no host
            https:/sics                | no scheme or no host
            https://a b                | is not an address
            ftp://sics                 | 'ftp' is no protocol
            http://sics:3900           | password in clear
            https://u:canary@sics:3900 | user name
            https://sics?x=y           | query
            https://sics/#x            | fragment
            """)
    void unusableUrlIsReportedUnderItsKey(String url, String reason) {
        assertThat(faults(sics(url, "acmp", "canary", TIME))).anySatisfy(fault -> {
            assertThat(fault.key()).isEqualTo("acmp.sics.url");
            assertThat(fault.reason()).contains(reason);
        }).allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("canary"));
    }

    @Test
    void httpIsAcceptedIfItIsAllowed() {
        assertThat(SicsSettings.connection(new SicsProperties("http://sics:3900", "acmp", "canary", null, true, "d.yml",
                TIME, TIME, TIME)).isEncrypted()).isFalse();
    }

    @Test
    void everyMissingKeyIsReportedAtOnce() {
        assertThat(faults(sics(null, " ", "", TIME)))
                .allSatisfy(fault -> assertThat(fault.reason()).isEqualTo("is missing"))
                .extracting(ConfigurationFault::key)
                .containsExactly("acmp.sics.password", "acmp.sics.url", "acmp.sics.username");
    }

    @Test
    void violatedConstraintsAndAWrongUrlAreReportedTogether() {
        assertThat(faults(sics("http://sics", " ", "", Duration.ZERO))).extracting(ConfigurationFault::key)
                .containsExactly("acmp.sics.connect-timeout", "acmp.sics.password", "acmp.sics.read-timeout",
                        "acmp.sics.reply-timeout", "acmp.sics.username", "acmp.sics.url");
        assertThat(faults(sics("https://sics", "acmp", "canary", Duration.ofSeconds(-1)))).contains(
                new ConfigurationFault("acmp.sics.read-timeout", "PT-1S is not positive",
                        "Set a time above zero, such as 30s"));
    }

    private static List<ConfigurationFault> faults(SicsProperties sics) {
        return assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> SicsSettings.connection(sics))
                .actual()
                .faults();
    }

    private static SicsProperties sics(@Nullable String url, String user, String password, Duration time) {
        return new SicsProperties(url, user, password, null, false, "d.yml", time, time, time);
    }
}
