package io.acmpintune.engine.acmp.sics;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SicsConnectionTest {

    @Test
    void httpIsRefusedUnlessUnencryptedCallsAreAllowed() {
        assertThatIllegalArgumentException().isThrownBy(() -> connection("http://sics:3900", false))
                .withMessageNotContaining("canary");
        assertThat(connection("http://sics:3900", true).isEncrypted()).isFalse();
    }

    @Test
    void passwordIsNotShown() {
        assertThat(connection("https://sics", false).toString()).contains("acmp").doesNotContain("canary");
    }

    private static SicsConnection connection(String url, boolean allowUnencrypted) {
        return new SicsConnection(URI.create(url), "acmp", "canary", allowUnencrypted, Duration.ofSeconds(5),
                Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
}
