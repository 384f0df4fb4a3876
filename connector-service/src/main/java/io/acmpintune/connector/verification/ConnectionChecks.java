package io.acmpintune.connector.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.ProbeResult;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.verification.ConnectionReport.Check;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.model.verification.ConnectionReport.Step;

/** Evaluates the observations of a connection, with one step for each check. */
final class ConnectionChecks {

    private static final Duration EXPIRY_WARNING = Duration.ofDays(30);

    private ConnectionChecks() {}

    /** @param enabled the actions whose permissions are checked */
    static List<Step> evaluate(Observations observed, Set<ActionKind> enabled, Instant now) {
        List<Step> steps = new ArrayList<>();
        steps.add(certificate(Check.CERTIFICATE, observed.certificate(), now));
        steps.add(token(Check.TOKEN, observed.token()));
        Observations.SignIn acting = observed.acting();
        if (acting != null) {
            steps.add(certificate(Check.ACTION_CERTIFICATE, acting.certificate(), now));
            steps.add(token(Check.ACTION_TOKEN, acting.token()));
        }
        for (Feature feature : Feature.values()) {
            steps.add(feature.action().map(enabled::contains).orElse(true)
                    ? permission(feature, acting != null && feature.isAction() ? acting.token() : observed.token())
                    : skipped(feature.check(), "The configuration does not allow " + feature.activity() + "."));
        }
        steps.add(read(observed.read()));
        steps.add(licence(observed.read()));
        return steps;
    }

    private static Step certificate(Check check, Observations.Certificate certificate, Instant now) {
        return switch (certificate) {
            case Observations.Certificate.None() ->
                skipped(check, "The connector uses a client secret.");
            case Observations.Certificate.Inspected(CertificateFile.Unusable(var key, var reason, var remedy)) ->
                failed(check, key + ": " + reason + ".", remedy + ".");
            case Observations.Certificate.Inspected(CertificateFile.Usable usable) -> usable(check, usable, now);
        };
    }

    private static Step usable(Check check, CertificateFile.Usable certificate, Instant now) {
        String found = "The certificate " + certificate.subject() + " with thumbprint " + certificate.thumbprint()
                + " is valid from " + certificate.from() + " until " + certificate.until();
        if (certificate.from().isAfter(now)) {
            return warning(check, found + ", so it is not valid yet by this machine's clock.",
                    "Set this machine's clock, or use a certificate that is valid today.");
        }
        Duration left = Duration.between(now, certificate.until());
        return left.compareTo(EXPIRY_WARNING) <= 0
                ? warning(check, found + ", " + left.toDays() + " more day(s).",
                        "Create a new certificate, register it in Entra in addition to this one, and replace the file.")
                : ok(check, found + ", " + left.toDays() + " more days.");
    }

    private static Step token(Check check, Observations.Token token) {
        return switch (token) {
            case Observations.Token.NotAsked() -> skipped(check, "The certificate cannot be used.");
            case Observations.Token.Given _ -> ok(check, "Entra gave a new access token.");
            case Observations.Token.Refused(var problem) -> failed(check, problem);
        };
    }

    private static Step permission(Feature feature, Observations.Token token) {
        return switch (token) {
            case Observations.Token.NotAsked _,Observations.Token.Refused _ ->
                skipped(feature.check(), "There is no access token to check.");
            case Observations.Token.Given(TokenRoles.Unreadable()) -> warning(feature.check(),
                    "The access token is not readable, so it is unknown whether it allows " + feature.activity() + ".",
                    "Check in Entra that the application has " + feature.leastPrivileged() + " with admin consent.");
            case Observations.Token.Given(TokenRoles.Listed(var roles)) -> !feature.allowing(roles).isEmpty()
                    ? ok(feature.check(),
                            "The token allows " + feature.activity() + " by "
                                    + String.join(", ", feature.allowing(roles)) + ".")
                    : new Step(feature.check(), feature.isOptional() ? Outcome.WARNING : Outcome.FAILED,
                            "The token does not allow " + feature.activity() + ": it has " + listed(roles) + ".",
                            (feature.isOptional() ? "Only if the tenant uses it: give" : "Give")
                                    + " the application the application permission " + feature.leastPrivileged()
                                    + " (not a delegated one), grant admin consent, and verify again;"
                                    + " this can take some minutes.");
        };
    }

    private static String listed(Set<String> roles) {
        return roles.isEmpty()
                ? "no application permission"
                : String.join(", ", roles.stream().sorted().toList());
    }

    private static Step read(Observations.Read read) {
        return switch (read) {
            case Observations.Read.NotTried() -> skipped(Check.DEVICE_READ, "There is no access token to read with.");
            case Observations.Read.Tried(ProbeResult.Answered(var any)) -> ok(Check.DEVICE_READ,
                    any ? "Intune answered with a device." : "Intune answered; the tenant has no managed device.");
            case Observations.Read.Tried(ProbeResult.Unlicensed(var problem)) ->
                failed(Check.DEVICE_READ, problem.detail(), "See the licence check.");
            case Observations.Read.Tried(ProbeResult.Failed(var problem)) -> switch (problem.kind()) {
                // the token was accepted and the address is right, so nothing is known to be wrong
                case GRAPH_THROTTLED ->
                    warning(Check.DEVICE_READ, problem.detail(), "Verify again in a minute.");
                case GRAPH_UNREACHABLE -> failed(Check.DEVICE_READ, problem.detail(),
                        "Check network, DNS, proxy and firewall from this machine to the Graph address.");
                case GRAPH_FAILING -> failed(Check.DEVICE_READ, problem.detail(),
                        "Verify again in a minute. If the problem persists, check Microsoft's service health.");
                default -> failed(Check.DEVICE_READ, problem);
            };
        };
    }

    private static Step licence(Observations.Read read) {
        return switch (read) {
            case Observations.Read.NotTried() -> skipped(Check.LICENCE, "No device was read.");
            case Observations.Read.Tried(ProbeResult.Answered _) ->
                ok(Check.LICENCE, "Intune serves the tenant.");
            case Observations.Read.Tried(ProbeResult.Unlicensed(var problem)) ->
                failed(Check.LICENCE, problem.detail(),
                        "Get an active Intune licence for the tenant, or check that tenant-id names the one that has it.");
            case Observations.Read.Tried(ProbeResult.Failed _) ->
                skipped(Check.LICENCE, "The read failed before the licence could be checked.");
        };
    }

    private static Step ok(Check check, String found) {
        return new Step(check, Outcome.OK, found, null);
    }

    private static Step skipped(Check check, String why) {
        return new Step(check, Outcome.SKIPPED, why, null);
    }

    private static Step warning(Check check, String found, @Nullable String remedy) {
        return new Step(check, Outcome.WARNING, found, remedy);
    }

    private static Step failed(Check check, String found, String remedy) {
        return new Step(check, Outcome.FAILED, found, remedy);
    }

    private static Step failed(Check check, Problem problem) {
        return failed(check, problem.detail(), problem.remedy());
    }
}
