package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

import com.microsoft.aad.msal4j.MsalJsonParsingException;
import com.microsoft.aad.msal4j.MsalServiceException;

import io.acmpintune.connector.outbound.NotSent;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * Says in an administrator's words why Entra gave no token. Microsoft warns not to build logic on the AADSTS numbers, so they
 * choose a hint only, and Entra's own text and correlation id always stay.
 */
final class EntraProblems {

    private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");

    private static final Map<String, String> HINTS = Map.ofEntries(
            Map.entry("7000215", "Set the secret's value; what was set is wrong, and often it is the secret's ID."),
            Map.entry("7000222", "The secret has expired: create a new one, or use a certificate."),
            Map.entry("700027",
                    "Register this certificate (.cer) at the application in Entra, and check that it has not"
                            + " expired or been replaced and that this machine's clock is right."),
            Map.entry("700016", "Check client-id and tenant-id: the tenant knows no such application, or it was never"
                    + " consented to."),
            Map.entry("90002", "Check tenant-id and cloud: there is no such tenant there."),
            Map.entry("900023", "Check tenant-id: it must be the directory's GUID."),
            Map.entry("90019", "Set tenant-id: the request names no tenant."),
            Map.entry("90038", "Set the cloud that the tenant lives in: this one says it belongs to another."),
            Map.entry("7000112", "Enable the application in Entra (Enterprise applications, Properties)."),
            Map.entry("7000218", "Set a certificate or a client secret: neither reached Entra."),
            Map.entry("70011", "Check graph-endpoint: the scope made of it is not taken."),
            Map.entry("1002012", "Check graph-endpoint: the scope made of it is not taken."),
            Map.entry("53003", "Conditional Access for workload identities blocks the application: allow it there."),
            Map.entry("530032", "A security policy of the tenant blocks the application: allow it there."),
            Map.entry("50034", "Check tenant-id and client-id: Entra looked for a user of that name."),
            Map.entry("90033", "Entra is out of service for a moment: try again in a minute."),
            Map.entry("90006", "Entra failed for a moment: try again in a minute."),
            Map.entry("90090", "Entra failed for a moment: try again in a minute."));

    /** What Entra says to a secret or certificate that is not, or no longer, the application's. */
    private static final Set<String> CREDENTIAL = Set.of("7000215", "7000222", "700027");

    private EntraProblems() {}

    static Problem of(Connector connector, Throwable cause) {
        return cause instanceof MsalServiceException service ? answered(connector, service) : silent(connector, cause);
    }

    static boolean isCredentialRejected(Throwable cause) {
        Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
        return cause instanceof MsalServiceException && code.find() && CREDENTIAL.contains(code.group(1));
    }

    /** The credential could not even be read. */
    static Problem unusable(Connector connector, Exception cause) {
        Optional<CertificateFile.Fault> fault = connector.credential() instanceof Credential.Certificate certificate
                ? CertificateFile.check(certificate)
                : Optional.empty();
        return Problem.of(ProblemKind.CREDENTIAL_UNUSABLE, connector.name() + " cannot sign in: "
                + fault.map(found -> found.key() + " " + found.reason()).orElseGet(cause::toString) + ".",
                fault.map(found -> found.remedy() + ".")
                        .orElse("Check certificate, certificate-password and client-secret of the connector."));
    }

    private static Problem answered(Connector connector, MsalServiceException service) {
        int status = service.statusCode() == null ? 0 : service.statusCode();
        String text = String.valueOf(service.getMessage());
        Matcher code = CODE.matcher(text);
        if (!code.find()) {
            return unreachable(status,
                    connector.endpoints().login() + " answers " + status + ", but not in Entra's words: " + text + ".",
                    "Check login-endpoint and any proxy on the way; a failure of Entra itself passes.");
        }
        String correlation = service.correlationId() == null
                ? ""
                : " (correlation id " + service.correlationId() + ")";
        return Problem.of(ProblemKind.ENTRA_REFUSED, status,
                "Entra refused " + connector.name() + ": " + text + correlation + ".", HINTS.getOrDefault(code.group(1),
                        "See what Entra says; its documentation explains " + code.group() + "."));
    }

    private static Problem silent(Connector connector, Throwable cause) {
        List<Throwable> causes = Stream.iterate(cause, Objects::nonNull, Throwable::getCause).toList();
        Throwable root = causes.getLast();
        Optional<NotSent> notSent = causes.stream()
                .filter(NotSent.class::isInstance)
                .map(NotSent.class::cast)
                .findFirst();
        boolean tls = causes.stream().anyMatch(SSLException.class::isInstance);
        // msal4j's own exceptions stand for what it could not do, such as signing with the key it was given
        if (tls || causes.stream().anyMatch(IOException.class::isInstance)
                || cause instanceof MsalJsonParsingException) {
            return unreachable(0,
                    connector.endpoints().login() + " cannot be asked for a token: "
                            + notSent.map(NotSent::reason).orElseGet(root::toString) + ".",
                    tls
                            ? "Trust its certificate authority: name an SSL bundle that holds it in ssl-bundle."
                            : "Check network, DNS, proxy and firewall from this machine to that address.");
        }
        return unusable(connector, root instanceof Exception known ? known : new IllegalStateException(root));
    }

    private static Problem unreachable(int status, String detail, String remedy) {
        return Problem.of(ProblemKind.ENTRA_UNREACHABLE, status, detail, remedy);
    }
}
