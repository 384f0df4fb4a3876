package io.acmpintune.engine.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.ConnectionProbe.Certificate;
import io.acmpintune.engine.acmp.ConnectionProbe.Reach;
import io.acmpintune.engine.acmp.ConnectionProbe.Tls;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.verification.Observations.Attempt;
import io.acmpintune.engine.verification.Observations.RoundTrip;
import io.acmpintune.engine.verification.SicsReport.Check;
import io.acmpintune.engine.verification.SicsReport.Step;
import io.acmpintune.model.verification.ConnectionReport.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Reach REACHED = new Reach.Connected("sics/10.0.0.1:3900");
    private static final Tls TRUSTED = tls(Duration.ofDays(90));
    private static final Attempt WORKED = new Attempt.Worked();

    @Test
    void aWayThatWorksIsOkInEveryStep() {
        List<Step> steps = steps(TRUSTED, new AcmpReply.Done<>(versions(RequiredCommand.names())));

        assertThat(steps).extracting(Step::name).containsExactly(Check.values());
        assertThat(steps).extracting(Step::outcome).containsOnly(Outcome.OK);
        assertThat(steps).extracting(Step::remedy).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({"31,OK", "30,WARNING", "0,WARNING"})
    void aCertificateThatEndsWithinAMonthIsAWarning(int days, Outcome outcome) {
        Step step = of(Check.TLS, steps(tls(Duration.ofDays(days)), new AcmpReply.Done<>(versions(List.of()))));

        assertThat(step.outcome()).isEqualTo(outcome);
        assertThat(step.found()).contains("CN=sics", days + " day(s)");
    }

    @Test
    void ofAChainTheCertificateThatEndsFirstCounts() {
        Tls chain = new Tls.Established(List.of(new Certificate("CN=sics", NOW.plus(Duration.ofDays(300))),
                new Certificate("CN=authority", NOW.plus(Duration.ofDays(3)))));

        Step step = of(Check.TLS, steps(chain, new AcmpReply.Done<>(versions(List.of()))));

        assertThat(step.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(step.found()).contains("CN=authority");
    }

    @ParameterizedTest
    @CsvSource({"SaveClients,FAILED,created", "SaveMobileDevices,FAILED,stored", "GetClientId,WARNING,not found",
            "DeleteClients,WARNING,deleted"})
    void aMissingCommandIsNamedWithWhatDoesNotWorkWithoutIt(String command, Outcome outcome, String loss) {
        List<String> rest = RequiredCommand.names().stream().filter(name -> !name.equals(command)).toList();

        Step step = of(Check.COMMANDS, steps(TRUSTED, new AcmpReply.Done<>(versions(rest))));

        assertThat(step.outcome()).isEqualTo(outcome);
        assertThat(step.found()).contains(command, loss).doesNotContain(rest);
        assertThat(step.server()).isEqualTo("ACMP-1");
    }

    @Test
    void aRefusedCommandPointsToTheRightsOfThePublicApi() {
        List<Step> steps = steps(TRUSTED, new AcmpReply.Refused<>(ResultCode.of(-1), "no"));

        assertThat(of(Check.ROUND_TRIP, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.PUBLIC_API, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.PUBLIC_API, steps).remedy()).contains("Public API access rights");
        assertThat(of(Check.COMMANDS, steps).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void noReplyMayBeHowMissingRightsShow() {
        List<Step> steps = steps(TRUSTED, new AcmpReply.Unavailable<>(problem(ConnectionProblem.Kind.NO_REPLY)));

        assertThat(of(Check.ROUND_TRIP, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.PUBLIC_API, steps).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(Check.PUBLIC_API, steps).found()).contains("Public API access rights");
    }

    @ParameterizedTest
    @EnumSource(value = ConnectionProblem.Kind.class, names = "NO_REPLY", mode = EnumSource.Mode.EXCLUDE)
    void anotherProblemSaysNothingOfTheRights(ConnectionProblem.Kind kind) {
        List<Step> steps = steps(TRUSTED, new AcmpReply.Unavailable<>(problem(kind)));

        assertThat(of(Check.ROUND_TRIP, steps).found()).isEqualTo("which: why.");
        assertThat(of(Check.ROUND_TRIP, steps).remedy()).isEqualTo("Remedy.");
        assertThat(of(Check.PUBLIC_API, steps).found()).doesNotContain("rights");
    }

    @Test
    void aReportIsAsGoodAsItsWorstStep() {
        Step ok = new Step(Check.REACH, null, Outcome.OK, "", null);
        Step skipped = new Step(Check.TLS, null, Outcome.SKIPPED, "", null);
        Step warning = new Step(Check.TLS, null, Outcome.WARNING, "", null);
        Step failed = new Step(Check.TLS, null, Outcome.FAILED, "", null);

        assertThat(SicsReport.of(NOW, List.of(ok, skipped)).outcome()).isEqualTo(Outcome.OK);
        assertThat(SicsReport.of(NOW, List.of(warning, ok)).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(SicsReport.of(NOW, List.of(failed, warning)).outcome()).isEqualTo(Outcome.FAILED);
    }

    private static List<Step> steps(Tls tls, AcmpReply<CommandVersions> reply) {
        return Findings.steps(new Observations(REACHED, tls, WORKED, WORKED,
                List.of(new RoundTrip.Tried("ACMP-1", reply, Duration.ofMillis(40)))), NOW);
    }

    private static Step of(Check check, List<Step> steps) {
        return steps.stream().filter(step -> step.name() == check).findFirst().orElseThrow();
    }

    private static Tls tls(Duration left) {
        return new Tls.Established(List.of(new Certificate("CN=sics", NOW.plus(left))));
    }

    private static ConnectionProblem problem(ConnectionProblem.Kind kind) {
        return new ConnectionProblem(kind, "which", "why", "remedy");
    }

    private static CommandVersions versions(List<String> commands) {
        Map<String, SortedSet<Integer>> versions = new TreeMap<>();
        commands.forEach(command -> versions.put(command, new TreeSet<>(List.of(1))));
        return new CommandVersions(versions);
    }
}
