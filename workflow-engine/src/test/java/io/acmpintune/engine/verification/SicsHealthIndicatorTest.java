package io.acmpintune.engine.verification;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SicsHealthIndicatorTest {

    private final Simulator world = simulator();
    private final TestClock clock = TestClock.fixed();

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void sicsIsFineBeforeTheFirstCall() {
        try (AcmpGateway gateway = gateway(world.httpsUrl(), "secret")) {
            assertThat(new SicsHealthIndicator(gateway).health().getDetails())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("condition", "ok", "url", world.httpsUrl(), "encrypted", true));
        }
    }

    @Test
    void aRefusedPasswordShowsItsStartAndRemedyWhileTheServiceStaysUp() {
        try (AcmpGateway gateway = gateway(world.httpUrl(), "canary-password")) {
            ask(gateway);
            Health health = new SicsHealthIndicator(gateway).health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("condition", "degraded").containsEntry("encrypted", false);
            assertThat(health.getDetails().get("wrongCredentials")).asString()
                    .contains("since=" + clock.instant(), "does not accept user", "/api/v1/sics/verification");
            assertThat(health.getDetails().toString()).doesNotContain("canary");
        }
    }

    @Test
    void anUnencryptedFallbackShowsItsStartAndReason() {
        String address = world.httpUrl().replace("http:", "https:");
        try (AcmpGateway gateway = gateway(address, world.access().sicsPassword())) {
            ask(gateway);

            assertThat(new SicsHealthIndicator(gateway).health().getDetails())
                    .containsEntry("condition", "degraded")
                    .containsEntry("url", address)
                    .containsEntry("encrypted", false)
                    .containsEntry("unencryptedSince", clock.instant().toString())
                    .containsKeys("unencryptedBecause", "remedy");
        }
    }

    private static void ask(AcmpGateway gateway) {
        gateway.open(new AcmpServer("ACMP-1", "acmp", "acmp")).commandVersions(List.of());
    }

    private AcmpGateway gateway(String url, String password) {
        return new AcmpGateway(new SicsConnection(URI.create(url), world.access().sicsUser(), password, true,
                Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5)), SicsDialect.standard(), null,
                clock);
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
