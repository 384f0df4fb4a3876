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

import io.acmpintune.connector.outbound.NotSentException;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * Explains to administrators why Entra issued no token. Microsoft warns against building logic on AADSTS numbers, so they only
 * select a remedy, and Entra's own text and correlation id are always included.
 */
final class EntraProblems {

    private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");

    private static final Map<String, String> HINTS = Map.ofEntries(
            Map.entry("7000215", "Set the secret's value; the present one is wrong and may be the secret's ID."),
            Map.entry("7000222", "The secret has expired: create a new one, or use a certificate."),
            Map.entry("700027",
                    "Register this certificate (.cer) for the application in Entra, and check that it has not"
                            + " expired or been replaced and that this machine's clock is right."),
            Map.entry("700016",
                    "Check client-id and tenant-id: the tenant has no such application, or consent was never"
                            + " granted."),
            Map.entry("90002", "Check tenant-id and cloud: this cloud has no such tenant."),
            Map.entry("900023", "Check tenant-id: it must be the directory's GUID."),
            Map.entry("90019", "Set tenant-id: the request names no tenant."),
            Map.entry("90038", "Set cloud to the tenant's cloud: the tenant belongs to another one."),
            Map.entry("7000112", "Enable the application in Entra (Enterprise applications, Properties)."),
            Map.entry("7000218", "Set a certificate or a client secret: Entra received neither."),
            Map.entry("70011", "Check graph-endpoint: the scope derived from it was rejected."),
            Map.entry("1002012", "Check graph-endpoint: the scope derived from it was rejected."),
            Map.entry("53003", "Conditional Access for workload identities blocks the application: allow it."),
            Map.entry("530032", "A security policy of the tenant blocks the application: allow it."),
            Map.entry("50034", "Check tenant-id and client-id: Entra searched for a user of that name."),
            Map.entry("90033", "Entra is temporarily unavailable: try again in a minute."),
            Map.entry("90006", "Entra had a temporary failure: try again in a minute."),
            Map.entry("90090", "Entra had a temporary failure: try again in a minute."));

    /** Errors for a secret or certificate that is not, or no longer, registered. */
    private static final Set<String> CREDENTIAL_ERRORS = Set.of("7000215", "7000222", "700027");

    private EntraProblems() {}

    static Problem of(Connector connector, Throwable cause) {
        return cause instanceof MsalServiceException service ? refused(connector, service) : failed(connector, cause);
    }

    static boolean isCredentialRejected(Throwable cause) {
        Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
        return cause instanceof MsalServiceException && code.find() && CREDENTIAL_ERRORS.contains(code.group(1));
    }

    /** Explains a credential that could not be read or used. */
    static Problem unusable(Connector connector, Exception cause) {
        Optional<CertificateFile.Unusable> fault = connector.credential() instanceof Credential.Certificate certificate
                ? CertificateFile.check(certificate)
                : Optional.empty();
        return Problem.of(ProblemKind.CREDENTIAL_UNUSABLE, connector.name() + " cannot sign in: "
                + fault.map(found -> found.key() + " " + found.reason()).orElseGet(cause::toString) + ".",
                fault.map(found -> found.remedy() + ".")
                        .orElse("Check certificate, certificate-password and client-secret of the connector."));
    }

    private static Problem refused(Connector connector, MsalServiceException service) {
        int status = service.statusCode() == null ? 0 : service.statusCode();
        String text = String.valueOf(service.getMessage());
        Matcher code = CODE.matcher(text);
        if (!code.find()) {
            return unreachable(status,
                    connector.endpoints().login() + " answered " + status + ", but not with an Entra error: " + text
                            + ".",
                    "Check login-endpoint and any proxy; a failure of Entra is temporary.");
        }
        String correlation = service.correlationId() == null
                ? ""
                : " (correlation id " + service.correlationId() + ")";
        return Problem.of(ProblemKind.ENTRA_REFUSED, status,
                "Entra refused " + connector.name() + ": " + text + correlation + ".",
                HINTS.getOrDefault(code.group(1),
                        "Follow Entra's message; its documentation explains " + code.group() + "."));
    }

    private static Problem failed(Connector connector, Throwable cause) {
        List<Throwable> causes = Stream.iterate(cause, Objects::nonNull, Throwable::getCause).toList();
        Throwable root = causes.getLast();
        Optional<NotSentException> notSent = causes.stream()
                .filter(NotSentException.class::isInstance)
                .map(NotSentException.class::cast)
                .findFirst();
        boolean tls = causes.stream().anyMatch(SSLException.class::isInstance);
        // msal4j's own exceptions mean that it could not do something, such as sign with the key
        if (tls || causes.stream().anyMatch(IOException.class::isInstance)
                || cause instanceof MsalJsonParsingException) {
            return unreachable(0,
                    connector.endpoints().login() + " did not issue a token: "
                            + notSent.map(NotSentException::reason).orElseGet(root::toString) + ".",
                    tls
                            ? "Trust its certificate authority: set ssl-bundle to an SSL bundle that contains it."
                            : "Check network, DNS, proxy and firewall from this machine to that address.");
        }
        return unusable(connector, root instanceof Exception known ? known : new IllegalStateException(root));
    }

    private static Problem unreachable(int status, String detail, String remedy) {
        return Problem.of(ProblemKind.ENTRA_UNREACHABLE, status, detail, remedy);
    }
}
