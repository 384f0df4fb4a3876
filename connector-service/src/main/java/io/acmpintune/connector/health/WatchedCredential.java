package io.acmpintune.connector.health;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;

/**
 * A credential whose expiry is monitored.
 *
 * @param use {@code reading}, or {@code acting} for the action-credential
 */
record WatchedCredential(String connector, String use, Credential credential) {

    static final String READING = "reading";
    static final String ACTING = "acting";

    static Stream<WatchedCredential> of(Connector connector) {
        WatchedCredential reading = new WatchedCredential(connector.name(), READING, connector.credential());
        Connector.Application acting = connector.actionApplication();
        return acting == null
                ? Stream.of(reading)
                : Stream.of(reading, new WatchedCredential(connector.name(), ACTING, acting.credential()));
    }

    String kind() {
        return switch (credential) {
            case Credential.Certificate _ -> "certificate";
            case Credential.ClientSecret _ -> "client-secret";
        };
    }

    /**
     * Returns when it expires, read from a certificate's file or configured for a client secret, because Entra does not report the
     * expiry of a secret to whoever signs in with it.
     */
    Optional<Instant> expires() {
        return switch (credential) {
            case Credential.Certificate certificate -> CertificateFile.expiry(certificate);
            case Credential.ClientSecret(_, var day) ->
                Optional.ofNullable(day).map(last -> last.atStartOfDay(ZoneOffset.UTC).toInstant());
        };
    }
}
