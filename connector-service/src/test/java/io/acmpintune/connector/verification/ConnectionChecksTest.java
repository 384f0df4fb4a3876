package io.acmpintune.connector.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.connector.graph.ProbeResult;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Check;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.model.verification.ConnectionReport.Step;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionChecksTest {

    private static final Set<ActionKind> ALL = EnumSet.allOf(ActionKind.class);
    private static final Set<ActionKind> SYNCHRONIZE = Set.of(ActionKind.SYNC_DEVICE);

    /** Without those of a second application. */
    private static final int WITH_ONE_APPLICATION = Check.values().length - 2;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String READ = "DeviceManagementManagedDevices.Read.All";
    private static final String PRIVILEGED = "DeviceManagementManagedDevices.PrivilegedOperations.All";
    private static final Observations.Certificate SECRET = new Observations.Certificate.None();
    private static final Observations.Read READABLE = new Observations.Read.Tried(new ProbeResult.Answered(true));

    @Test
    void aConnectionThatWorksIsOkInEveryStep() {
        Map<Check, Step> steps = steps(certificate(Duration.ofDays(90)), token(READ, PRIVILEGED,
                "DeviceManagementManagedDevices.ReadWrite.All", "DeviceManagementRBAC.Read.All"), READABLE);

        assertThat(steps.values()).extracting(Step::outcome).containsOnly(Outcome.OK);
        assertThat(steps.values()).extracting(Step::remedy).containsOnlyNulls();
    }

    @Test
    void everyCheckThatAppliesIsThereOnceInItsOrder() {
        assertThat(ConnectionChecks.evaluate(new Observations(SECRET, token(READ), READABLE), ALL, NOW))
                .extracting(Step::name)
                .containsExactly(Arrays.stream(Check.values())
                        .filter(check -> check != Check.ACTION_CERTIFICATE && check != Check.ACTION_TOKEN)
                        .toArray(Check[]::new));
        assertThat(ConnectionChecks.evaluate(acting(token(READ)), ALL, NOW)).extracting(Step::name)
                .containsExactly(Check.values());
    }

    @Test
    void whereTwoApplicationsShareTheWorkEachNeedsItsOwnPermissionsOnly() {
        Map<Check, Step> steps = byCheck(ConnectionChecks.evaluate(acting(token(PRIVILEGED)), SYNCHRONIZE, NOW));

        assertThat(steps.values()).extracting(Step::outcome).doesNotContain(Outcome.FAILED, Outcome.WARNING);
        assertThat(of(Check.ACTION_TOKEN, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION,
                byCheck(ConnectionChecks.evaluate(acting(token(READ)), SYNCHRONIZE, NOW))).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void anApplicationForActionsThatGetsNoTokenLeavesReadingAlone() {
        Map<Check, Step> steps = byCheck(ConnectionChecks.evaluate(
                acting(new Observations.Token.Refused(Problem.of(ProblemKind.ENTRA_REFUSED, 401, "found", "remedy"))),
                SYNCHRONIZE,
                NOW));

        assertThat(of(Check.ACTION_TOKEN, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.DEVICE_READ, steps).outcome()).isEqualTo(Outcome.OK);
    }

    private static Observations acting(Observations.Token token) {
        return new Observations(SECRET, token(READ, "DeviceManagementRBAC.Read.All"), READABLE,
                new Observations.SignIn(SECRET, token));
    }

    @ParameterizedTest
    @CsvSource({"31,OK", "30,WARNING", "1,WARNING", "0,WARNING"})
    void aCertificateIsWarnedAboutFromThirtyDaysAhead(int days, Outcome outcome) {
        Step step = of(Check.CERTIFICATE,
                steps(certificate(Duration.ofDays(days)), token(READ, PRIVILEGED), READABLE));

        assertThat(step.outcome()).isEqualTo(outcome);
        assertThat(step.found()).contains(NOW.plus(Duration.ofDays(days)).toString()).contains(days + " more day");
    }

    @Test
    void aCertificateThatIsNotValidYetPointsToTheClock() {
        var early = new CertificateFile.Usable("CN=a", "AB", NOW.plusSeconds(60), NOW.plus(Duration.ofDays(90)));

        Step step = of(Check.CERTIFICATE,
                steps(new Observations.Certificate.Inspected(early), token(READ, PRIVILEGED), READABLE));

        assertThat(step.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(step.remedy()).contains("clock");
    }

    @Test
    void afterACertificateThatCannotBeUsedEverythingElseIsSkipped() {
        var fault = new CertificateFile.Unusable("certificate-password", "does not open a.pfx", "Set the password");

        Map<Check, Step> steps = steps(new Observations.Certificate.Inspected(fault), new Observations.Token.NotAsked(),
                new Observations.Read.NotTried());

        assertThat(of(Check.CERTIFICATE, steps)).isEqualTo(new Step(Check.CERTIFICATE, Outcome.FAILED,
                "certificate-password: does not open a.pfx.", "Set the password."));
        steps.remove(Check.CERTIFICATE);
        assertThat(steps.values()).extracting(Step::outcome)
                .hasSize(WITH_ONE_APPLICATION - 1)
                .containsOnly(Outcome.SKIPPED);
    }

    @Test
    void afterATokenThatEntraRefusesEverythingElseIsSkipped() {
        Map<Check, Step> steps = steps(certificate(Duration.ofDays(90)),
                new Observations.Token.Refused(
                        Problem.of(ProblemKind.ENTRA_REFUSED, 401, "AADSTS7000215: words", "Do it.")),
                new Observations.Read.NotTried());

        assertThat(of(Check.TOKEN, steps))
                .isEqualTo(new Step(Check.TOKEN, Outcome.FAILED, "AADSTS7000215: words", "Do it."));
        assertThat(of(Check.CERTIFICATE, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(steps.values().stream().filter(step -> step.outcome() == Outcome.SKIPPED))
                .hasSize(WITH_ONE_APPLICATION - 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {READ, "DeviceManagementManagedDevices.ReadWrite.All",
            "DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All"})
    void eachOfFourPermissionsAllowsInventoryAndNoneOfThemSynchronizing(String role) {
        Map<Check, Step> steps = steps(SECRET, token(role), READABLE);

        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).found()).contains(role);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).remedy()).contains(PRIVILEGED).contains("admin consent");
    }

    @Test
    void everyActionHasItsOwnPermissionStep() {
        Map<Check, Step> privileged = steps(SECRET, token(READ, PRIVILEGED), READABLE);
        assertThat(List.of(Check.SYNCHRONIZE_PERMISSION, Check.LOCK_PERMISSION, Check.RETIRE_PERMISSION,
                Check.WIPE_PERMISSION)).allSatisfy(
                        check -> assertThat(of(check, privileged).outcome()).isEqualTo(Outcome.OK));
        assertThat(of(Check.NOTIFY_PERMISSION, privileged).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.NOTIFY_PERMISSION, privileged).remedy())
                .contains("DeviceManagementManagedDevices.ReadWrite.All");

        Map<Check, Step> writing = steps(SECRET, token("DeviceManagementManagedDevices.ReadWrite.All"), READABLE);
        assertThat(List.of(Check.NOTIFY_PERMISSION, Check.WIPE_PERMISSION)).allSatisfy(
                check -> assertThat(of(check, writing).outcome()).isEqualTo(Outcome.OK));
        assertThat(List.of(Check.SYNCHRONIZE_PERMISSION, Check.LOCK_PERMISSION, Check.RETIRE_PERMISSION)).allSatisfy(
                check -> assertThat(of(check, writing).outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void thePermissionToFollowApprovalsIsMissedOnlyWithAWarning() {
        Step missing = of(Check.APPROVAL_PERMISSION, steps(SECRET, token(READ, PRIVILEGED), READABLE));
        assertThat(missing.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(missing.remedy()).contains("DeviceManagementRBAC.Read.All");

        assertThat(of(Check.APPROVAL_PERMISSION, steps(SECRET, token("DeviceManagementRBAC.Read.All"), READABLE))
                .outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void aSwitchedOffActionNeedsNoPermission() {
        Map<Check, Step> steps = byCheck(
                ConnectionChecks.evaluate(new Observations(SECRET, token(READ), READABLE), Set.of(), NOW));

        assertThat(of(Check.WIPE_PERMISSION, steps).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void privilegedOperationsAloneDoNotAllowInventory() {
        Map<Check, Step> steps = steps(SECRET, token(PRIVILEGED), READABLE);

        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).remedy()).contains(READ);
    }

    @Test
    void aTokenWithoutAnyRoleSaysSo() {
        assertThat(of(Check.INVENTORY_PERMISSION, steps(SECRET, token(), READABLE)).found())
                .contains("no application permission");
    }

    @Test
    void aTokenThatCannotBeReadIsAWarningAndNoFailure() {
        List<Step> steps = ConnectionChecks.evaluate(
                new Observations(SECRET, new Observations.Token.Given(new TokenRoles.Unreadable()), READABLE), ALL,
                NOW);

        assertThat(of(Check.SYNCHRONIZE_PERMISSION, byCheck(steps)).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(ConnectionReport.of(null, NOW, steps).outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void aMissingLicenceFailsTheLicenceStep() {
        Problem problem = Problem.of(ProblemKind.GRAPH_FORBIDDEN, "no Intune license", "x");

        Map<Check, Step> steps = steps(SECRET, token(READ, PRIVILEGED), read(new ProbeResult.Unlicensed(problem)));

        assertThat(of(Check.LICENCE, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.LICENCE, steps).found()).isEqualTo("no Intune license");
        assertThat(of(Check.LICENCE, steps).remedy()).contains("active Intune licence");
        assertThat(of(Check.DEVICE_READ, steps).remedy()).contains("licence");
    }

    @Test
    void anyOtherRefusalSaysNothingOfTheLicence() {
        Problem problem = Problem.of(ProblemKind.GRAPH_FORBIDDEN, "scopes", "Grant it.");

        Map<Check, Step> steps = steps(SECRET, token(READ), read(new ProbeResult.Failed(problem)));

        assertThat(of(Check.DEVICE_READ, steps))
                .isEqualTo(new Step(Check.DEVICE_READ, Outcome.FAILED, "scopes", "Grant it."));
        assertThat(of(Check.LICENCE, steps).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"GRAPH_THROTTLED,WARNING", "GRAPH_FAILING,FAILED", "GRAPH_UNREACHABLE,FAILED"})
    void nothingIsSaidToBeTriedAgainByItself(ProblemKind kind, Outcome outcome) {
        Step step = of(Check.DEVICE_READ, steps(SECRET, token(READ),
                read(new ProbeResult.Failed(Problem.of(kind, "found", "it is tried again")))));

        assertThat(step.outcome()).isEqualTo(outcome);
        assertThat(step.remedy()).isNotBlank().doesNotContain("it is tried again");
    }

    @Test
    void theWorstStepIsTheReportsOutcome() {
        Step ok = new Step(Check.TOKEN, Outcome.OK, "", null);
        Step skipped = new Step(Check.CERTIFICATE, Outcome.SKIPPED, "", null);
        Step failed = new Step(Check.LICENCE, Outcome.FAILED, "", "x");

        assertThat(ConnectionReport.of("c", NOW, List.of(skipped, ok)).outcome()).isEqualTo(Outcome.OK);
        assertThat(ConnectionReport.of("c", NOW, List.of(ok, failed, skipped)).outcome()).isEqualTo(Outcome.FAILED);
    }

    private static Observations.Certificate certificate(Duration left) {
        return new Observations.Certificate.Inspected(
                new CertificateFile.Usable("CN=a", "AB12", NOW.minus(Duration.ofDays(300)), NOW.plus(left)));
    }

    private static Observations.Token token(String... roles) {
        return new Observations.Token.Given(new TokenRoles.Listed(Set.copyOf(Arrays.asList(roles))));
    }

    private static Observations.Read read(ProbeResult result) {
        return new Observations.Read.Tried(result);
    }

    private static Map<Check, Step> steps(Observations.Certificate certificate, Observations.Token token,
            Observations.Read read) {
        return byCheck(ConnectionChecks.evaluate(new Observations(certificate, token, read), ALL, NOW));
    }

    private static Map<Check, Step> byCheck(List<Step> steps) {
        Map<Check, Step> byCheck = new EnumMap<>(Check.class);
        steps.forEach(step -> byCheck.put(step.name(), step));
        return byCheck;
    }

    private static Step of(Check check, Map<Check, Step> steps) {
        Step step = steps.get(check);
        if (step == null) {
            throw new AssertionError(check + " is missing");
        }
        return step;
    }
}
