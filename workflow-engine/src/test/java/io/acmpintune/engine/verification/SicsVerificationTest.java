package io.acmpintune.engine.verification;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.engine.verification.SicsReport.Check;
import io.acmpintune.engine.verification.SicsReport.Step;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** A simulated SICS with one ACMP server that answers, ACMP-1, and nobody under the other's routing key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SicsVerificationTest {

    private static final Map<String, ServerProperties> BOTH = Map.of("ACMP-1", new ServerProperties("acmp", "acmp"),
            "ACMP-2", new ServerProperties("acmp", "nobody"));
    private static final Map<String, ServerProperties> ONE = Map.of("ACMP-1", new ServerProperties("acmp", "acmp"));

    private final Simulator world = simulator();

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void anUnencryptedWayThatWorksIsAWarning() {
        SicsReport report = verify(world.httpUrl(), world.access().sicsPassword(), true, ONE);

        assertThat(report.steps()).extracting(Step::name).containsExactly(Check.values());
        assertThat(report.steps()).filteredOn(step -> step.outcome() != Outcome.OK)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.name()).isEqualTo(Check.TLS);
                    assertThat(step.outcome()).isEqualTo(Outcome.WARNING);
                    assertThat(step.found()).contains("unencrypted");
                });
        assertThat(report.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(world.sics().broker().targets()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAndTheOtherIsFine() {
        SicsReport report = verify(world.httpUrl(), world.access().sicsPassword(), true, BOTH);

        assertThat(ofServer("ACMP-1", report)).extracting(Step::outcome).containsOnly(Outcome.OK);
        assertThat(ofServer("ACMP-2", report)).extracting(Step::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED);
        assertThat(ofServer("ACMP-2", report).getFirst().remedy()).contains("Public API access rights", "routing-key");
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(world.sics().broker().targets()).isEmpty();
    }

    @Test
    void aWrongPasswordEndsTheCheckAndIsNotTold() {
        SicsReport report = verify(world.httpUrl(), "canary-password", true, ONE);

        assertThat(outcomes(report)).containsExactly(Outcome.OK, Outcome.WARNING, Outcome.FAILED, Outcome.SKIPPED,
                Outcome.SKIPPED, Outcome.SKIPPED, Outcome.SKIPPED);
        assertThat(report.steps().get(2).found()).contains("acmp.sics.password");
        assertThat(report.toString()).doesNotContain("canary");
    }

    @Test
    void aCertificateThatIsNotTrustedEndsTheCheckBeforeThePasswordIsSent() {
        long before = world.sics().logins();

        SicsReport report = verify(world.httpsUrl(), world.access().sicsPassword(), false, ONE);

        assertThat(outcomes(report)).startsWith(Outcome.OK, Outcome.FAILED, Outcome.SKIPPED);
        assertThat(report.steps().get(1).remedy()).contains("acmp.sics.ssl-bundle");
        assertThat(world.sics().logins()).isEqualTo(before);
    }

    @Test
    void aPortWithoutTlsIsAWarningWhereUnencryptedCallsAreAllowed() {
        SicsReport report = verify(world.httpUrl().replace("http:", "https:"), world.access().sicsPassword(), true,
                ONE);

        assertThat(outcomes(report)).containsExactly(Outcome.OK, Outcome.WARNING, Outcome.OK, Outcome.OK, Outcome.OK,
                Outcome.OK, Outcome.OK);
        assertThat(report.steps().get(1).found()).contains("unencrypted instead", "acmp.sics.allow-unencrypted");
    }

    @Test
    void whereNobodyListensNothingElseIsTried() {
        SicsReport report = verify(UnreachableAddress.http().toString(), "secret", true, ONE);

        assertThat(outcomes(report)).startsWith(Outcome.FAILED)
                .filteredOn(outcome -> outcome != Outcome.FAILED)
                .containsOnly(Outcome.SKIPPED)
                .hasSize(Check.values().length - 1);
    }

    private SicsReport verify(String url, String password, boolean allowUnencrypted,
            Map<String, ServerProperties> servers) {
        Workflows workflows = TestWorkflows.workflows(servers);
        try (AcmpGateway gateway = new AcmpGateway(new SicsConnection(URI.create(url), world.access().sicsUser(),
                password, allowUnencrypted, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1)),
                SicsDialect.standard(), null, InstantSource.system())) {
            return new SicsVerification(gateway, workflows, InstantSource.system()).verify();
        }
    }

    private static List<Outcome> outcomes(SicsReport report) {
        assertThat(report.steps()).extracting(Step::name).containsExactly(Check.values());
        return report.steps().stream().map(Step::outcome).toList();
    }

    private static List<Step> ofServer(String server, SicsReport report) {
        return report.steps().stream().filter(step -> server.equals(step.server())).toList();
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
