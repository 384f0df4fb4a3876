package io.acmpintune.engine.acmp.sics;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SicsConnectionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            sics:3900                  | no scheme or no host
            /sics                      | no scheme or no host
            https:/sics                | no scheme or no host
            ftp://sics                 | 'ftp' is no protocol
            http://sics:3900           | password in clear
            https://u:canary@sics:3900 | user name
            https://sics?x=y           | query
            https://sics/#x            | fragment
            """)
    void anUnusableUrlIsRefusedUnderItsKey(URI url, String reason) {
        assertThatExceptionOfType(WrongConfiguration.class)
                .isThrownBy(() -> SicsConnection.of(url, "acmp", "secret", false))
                .withMessageContaining("acmp.sics.url: ")
                .withMessageContaining(reason)
                .withMessageNotContaining("canary");
    }

    @Test
    void httpIsTakenIfItIsAllowed() {
        assertThatNoException()
                .isThrownBy(() -> SicsConnection.of(URI.create("http://sics:3900"), "acmp", "secret", true));
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        assertThatExceptionOfType(WrongConfiguration.class)
                .isThrownBy(() -> new SicsConnection(URI.create("http://sics"), " ", "", false, Duration.ZERO,
                        Duration.ofSeconds(-1),
                        Duration.ZERO))
                .satisfies(wrong -> assertThat(wrong.faults()).extracting(ConfigurationFault::key)
                        .isEqualTo(
                                List.of("acmp.sics.url", "acmp.sics.username", "acmp.sics.password",
                                        "acmp.sics.connect-timeout",
                                        "acmp.sics.read-timeout", "acmp.sics.reply-timeout")));
    }

    @Test
    void aConnectionDoesNotShowItsPassword() {
        assertThat(SicsConnection.of(URI.create("https://sics"), "acmp", "canary", false).toString()).contains("acmp")
                .doesNotContain("canary");
    }

    @Test
    void aServerWithoutAddressIsRefusedUnderItsKeys() {
        assertThatExceptionOfType(WrongConfiguration.class).isThrownBy(() -> new AcmpServer("ACMP-1", "", " "))
                .satisfies(wrong -> assertThat(wrong.faults()).extracting(ConfigurationFault::key)
                        .containsExactly("acmp.servers.ACMP-1.virtual-router", "acmp.servers.ACMP-1.routing-key"));
    }
}
