package io.acmpintune.connector.health;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;

/**
 * A credential of a connector.
 *
 * @param use {@code reading}, or {@code acting} for the action-credential
 */
record WatchedCredential(String connector, String use, Credential credential) {

    static final String READING = "reading";
    static final String ACTING = "acting";

    static Stream<WatchedCredential> of(Connector connector) {
        WatchedCredential reading = new WatchedCredential(connector.name(), READING, connector.credential());
        Connector.Application acting = connector.acting();
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
     * When it expires, read anew from a certificate's file. Of a client secret only the administrator knows: Entra tells it to nobody
     * who signs in with it.
     */
    Optional<Instant> expires() {
        return switch (credential) {
            case Credential.Certificate certificate -> CertificateFile.expiry(certificate);
            case Credential.ClientSecret(_, var day) ->
                Optional.ofNullable(day).map(last -> last.atStartOfDay(ZoneOffset.UTC).toInstant());
        };
    }
}
