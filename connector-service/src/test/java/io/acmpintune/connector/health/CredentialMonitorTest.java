package io.acmpintune.connector.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.acmpintune.connector.fixture.Configured;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class CredentialMonitorTest {

    @TempDir Path folder = Path.of("");

    private final TestClock clock = TestClock.running();

    @Test
    void eachThresholdCausesOneWarning(CapturedOutput output) {
        CredentialMonitor monitor = new CredentialMonitor(certificate(Duration.ofDays(31)), clock);
        monitor.check();
        assertThat(warnings(output)).isEmpty();

        for (int hour = 0; hour < 32 * 24; hour += 6) {
            clock.advance(Duration.ofHours(6));
            monitor.check();
        }

        assertThat(warnings(output)).hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .contains("connector=IntuneConnector_1, use=reading, kind=certificate"));
        assertThat(warnings(output).getLast()).contains("has expired");
    }

    @Test
    void theExpiryAndStageOfEachCredentialIsReported() {
        Connectors connectors = certificate(Duration.ofDays(10));
        CredentialMonitor monitor = new CredentialMonitor(connectors, clock);
        assertThat(monitor.of(connectors.all().getFirst())).extracting(ExpiringCredential::stage)
                .containsExactly(ExpiringCredential.Stage.FAR);

        monitor.check();

        assertThat(monitor.of(connectors.all().getFirst())).singleElement().satisfies(credential -> {
            assertThat(credential.use()).isEqualTo("reading");
            assertThat(credential.kind()).isEqualTo("certificate");
            assertThat(credential.expiresAt()).isBetween(clock.instant().plus(Duration.ofDays(9)),
                    clock.instant().plus(Duration.ofDays(11)));
            assertThat(credential.stage()).isEqualTo(ExpiringCredential.Stage.DAYS_14);
        });
    }

    @Test
    void aReplacedCertificateIsWarnedAboutAgain(CapturedOutput output) {
        CredentialMonitor monitor = new CredentialMonitor(certificate(Duration.ofDays(10)), clock);
        monitor.check();
        TestCertificate.rsa(Instant.now().plus(Duration.ofDays(90))).write(folder.resolve("app.pfx"), "x");
        monitor.check();
        assertThat(monitor.daysLeft(monitor.all().getFirst())).isCloseTo(90, within(0.1));
        clock.advance(Duration.ofDays(80));
        monitor.check();

        assertThat(warnings(output)).hasSize(2);
    }

    @Test
    void aSecretIsOnlyWarnedAboutIfItsExpiryIsConfigured(CapturedOutput output) {
        Map<String, String> properties = new HashMap<>(Configured.secret());
        CredentialMonitor unknown = new CredentialMonitor(Configured.connectors(properties), clock);
        unknown.check();
        assertThat(unknown.expiry(unknown.all().getFirst())).isEmpty();
        assertThat(unknown.daysLeft(unknown.all().getFirst())).isNaN();
        assertThat(warnings(output)).isEmpty();

        properties.put("client-secret-expires", "2020-01-31");
        CredentialMonitor known = new CredentialMonitor(Configured.connectors(properties), clock);
        known.check();
        assertThat(known.expiry(known.all().getFirst())).hasValue(Instant.parse("2020-01-31T00:00:00Z"));
        assertThat(known.daysLeft(known.all().getFirst())).isNegative();
        assertThat(warnings(output)).singleElement().satisfies(line -> assertThat(line).contains("client-secret"));
    }

    @Test
    void theCredentialForActionsIsMonitoredToo() {
        Map<String, String> properties = new HashMap<>(Configured.secret());
        properties.put("action-credential.client-id", "99999999-7777-4888-8999-aaaaaaaaaaaa");
        properties.put("action-credential.authentication", "client-secret");
        properties.put("action-credential.client-secret", "canary");
        properties.put("action-credential.client-secret-expires", "2027-01-31");
        CredentialMonitor monitor = new CredentialMonitor(Configured.connectors(properties), clock);
        monitor.check();

        assertThat(monitor.all()).extracting(WatchedCredential::use).containsExactly("reading", "acting");
        assertThat(monitor.expiry(monitor.all().getLast())).hasValue(Instant.parse("2027-01-31T00:00:00Z"));
    }

    @Test
    void aFileThatIsGoneIsUnknownAndNoFailure() throws IOException {
        CredentialMonitor monitor = new CredentialMonitor(certificate(Duration.ofDays(10)), clock);
        monitor.check();
        Files.delete(folder.resolve("app.pfx"));
        monitor.check();

        assertThat(monitor.expiry(monitor.all().getFirst())).isEmpty();
    }

    private Connectors certificate(Duration validFor) {
        Path file = TestCertificate.rsa(Instant.now().plus(validFor)).write(folder.resolve("app.pfx"), "x");
        Map<String, String> properties = new HashMap<>(Configured.secret());
        properties.put("authentication", "certificate");
        properties.put("certificate", file.toString());
        properties.put("certificate-password", "x");
        return Configured.connectors(properties);
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("WARN") && line.contains("CredentialMonitor"))
                .toList();
    }
}
