package io.acmpintune.connector.verification;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.DeviceProbe;
import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.connector.tenant.SecretSource;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Step;

/**
 * Verifies a connection with the steps of a scan, from the certificate to the first device. Uses a new token, because recently granted
 * permissions only appear in a new one. Stores nothing.
 */
@Component
public class ConnectionVerification {

    private static final Logger log = LoggerFactory.getLogger(ConnectionVerification.class);
    /** Shorter secrets could match ordinary words; Entra's secrets have 40 characters. */
    private static final int MIN_SECRET_LENGTH = 8;

    private final SslBundles bundles;
    private final JsonMapper json;
    private final InstantSource clock;

    ConnectionVerification(SslBundles bundles, JsonMapper json, InstantSource clock) {
        this.bundles = bundles;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Verifies a connection. May take as long as the time-outs of Entra and Graph.
     *
     * @param shownAs the name in the report; null for an unsaved connector
     */
    public ConnectionReport verify(Connector connector, @Nullable String shownAs) {
        Instant now = clock.instant();
        List<String> secrets = secrets(connector);
        List<Step> steps = ConnectionChecks.evaluate(observe(connector, now), connector.actions().enabled(), now)
                .stream()
                .map(step -> redacted(secrets, step))
                .toList();
        ConnectionReport report = ConnectionReport.of(shownAs, now, steps);
        log.info("Verified a connection: {} (connector={})", report.steps()
                .stream()
                .map(step -> step.name() + " " + step.outcome())
                .collect(Collectors.joining(", ")), connector);
        return report;
    }

    private Observations observe(Connector connector, Instant now) {
        @Nullable
        SslBundle tls = connector.sslBundle() == null ? null : bundles.getBundle(connector.sslBundle());
        AccessTokens tokens = new AccessTokens(connector, tls, clock);
        Observations.SignIn reading = signIn(connector, tokens, now);
        Observations.SignIn acting = connector.actionApplication() == null
                ? null
                : signIn(connector.forActions(), new AccessTokens(connector.forActions(), tls, clock), now);
        return new Observations(reading.certificate(), reading.token(), read(connector, reading.token(), tokens, tls),
                acting);
    }

    private Observations.SignIn signIn(Connector connector, AccessTokens tokens, Instant now) {
        Observations.Certificate certificate = switch (connector.credential()) {
            case Credential.Certificate of -> new Observations.Certificate.Inspected(CertificateFile.inspect(of, now));
            case Credential.ClientSecret _ -> new Observations.Certificate.None();
        };
        if (certificate instanceof Observations.Certificate.Inspected(CertificateFile.Unusable _)) {
            return new Observations.SignIn(certificate, new Observations.Token.NotAsked());
        }
        try {
            return new Observations.SignIn(certificate,
                    new Observations.Token.Given(TokenRoles.of(tokens.token(), json)));
        } catch (AccessTokenException e) {
            return new Observations.SignIn(certificate, new Observations.Token.Refused(e.problem()));
        }
    }

    private Observations.Read read(Connector connector, Observations.Token token, AccessTokens tokens,
            @Nullable SslBundle tls) {
        if (!(token instanceof Observations.Token.Given)) {
            return new Observations.Read.NotTried();
        }
        try (DeviceProbe probe = new DeviceProbe(connector, tokens, tls, json, clock)) {
            return new Observations.Read.Tried(probe.read());
        }
    }

    /** The server at a mistyped address received the secret and may repeat it in its answer. */
    private static Step redacted(List<String> secrets, Step step) {
        String found = step.found();
        for (String secret : secrets) {
            found = found.replace(secret, "…");
        }
        return new Step(step.name(), step.outcome(), found, step.remedy());
    }

    private static List<String> secrets(Connector connector) {
        Stream<String> clientSecrets = Stream.of(connector, connector.forActions())
                .map(Connector::credential)
                .flatMap(credential -> credential instanceof Credential.ClientSecret(var source, _)
                        ? known(source)
                        : Stream.empty());
        return Stream.concat(connector.proxyPassword().stream(), clientSecrets)
                .filter(secret -> secret.length() >= MIN_SECRET_LENGTH)
                .distinct()
                .toList();
    }

    private static Stream<String> known(SecretSource source) {
        try {
            return Stream.of(source.read());
        } catch (IOException _) {
            // a secret that cannot be read was not sent
            return Stream.empty();
        }
    }
}
