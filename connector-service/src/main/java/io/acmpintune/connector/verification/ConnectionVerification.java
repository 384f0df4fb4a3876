package io.acmpintune.connector.verification;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.DeviceProbe;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.connector.tenant.NoAccessToken;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Step;

/**
 * Goes the way of every scan once, from the certificate to the first device, with a token of its own: permissions granted since
 * show only in a new one. Stores nothing.
 */
@Component
public class ConnectionVerification {

    private static final Logger log = LoggerFactory.getLogger(ConnectionVerification.class);
    /** What is shorter would be found in ordinary words; Entra's secrets have 40 characters. */
    private static final int SHORTEST_HIDDEN = 8;

    private final SslBundles bundles;
    private final JsonMapper json;
    private final InstantSource clock;

    ConnectionVerification(SslBundles bundles, JsonMapper json, InstantSource clock) {
        this.bundles = bundles;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes as long as Entra and Graph take, or their time-outs.
     *
     * @param shownAs the name in the report; null for a connector that is not saved
     */
    public ConnectionReport verify(Connector connector, @Nullable String shownAs) {
        Instant now = clock.instant();
        List<Step> steps = Findings.steps(observe(connector, now), connector.actions().enabled(), now)
                .stream()
                .map(step -> hidden(connector.credential(), step))
                .toList();
        ConnectionReport report = ConnectionReport.of(shownAs, now, steps);
        log.info("Verified the connection of {}: {}", connector, report.steps()
                .stream()
                .map(step -> step.name() + " " + step.outcome())
                .collect(Collectors.joining(", ")));
        return report;
    }

    private Observations observe(Connector connector, Instant now) {
        Observations.Certificate certificate = switch (connector.credential()) {
            case Credential.Certificate of -> new Observations.Certificate.Seen(CertificateFile.look(of, now));
            case Credential.ClientSecret _ -> new Observations.Certificate.None();
        };
        if (certificate instanceof Observations.Certificate.Seen(CertificateFile.Fault _)) {
            return new Observations(certificate, new Observations.Token.NotAsked(), new Observations.Read.NotTried());
        }
        @Nullable
        SslBundle tls = connector.sslBundle() == null ? null : bundles.getBundle(connector.sslBundle());
        AccessTokens tokens = new AccessTokens(connector, tls == null ? null : tls.createSslContext(), clock);
        TokenRoles roles;
        try {
            roles = TokenRoles.of(tokens.token(), json);
        } catch (NoAccessToken e) {
            return new Observations(certificate, new Observations.Token.Refused(e.problem()),
                    new Observations.Read.NotTried());
        }
        try (DeviceProbe probe = new DeviceProbe(connector, tokens, tls, json)) {
            return new Observations(certificate, new Observations.Token.Given(roles),
                    new Observations.Read.Tried(probe.read()));
        }
    }

    /** Whoever answers at a mistyped address was sent the secret and may repeat it. */
    private static Step hidden(Credential credential, Step step) {
        return credential instanceof Credential.ClientSecret(var secret) && secret.length() >= SHORTEST_HIDDEN
                ? new Step(step.name(), step.outcome(), step.found().replace(secret, "…"), step.remedy())
                : step;
    }
}
