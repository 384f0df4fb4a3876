package io.acmpintune.connector.tenant;

import java.nio.file.Path;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/** Credential of an application registered in Entra. */
public sealed interface Credential {

    /**
     * A private key whose certificate is registered in Entra.
     *
     * @param source PKCS#12 with an RSA key; read for each token
     */
    record Certificate(CertificateSource source, @Nullable String password) implements Credential {

        public Certificate(Path file, @Nullable String password) {
            this(new CertificateSource.InFile(file), password);
        }

        @Override
        public String toString() {
            return "Certificate[" + source + "]";
        }
    }

    /**
     * A client secret.
     *
     * @param source read for each token
     * @param expires last day of validity according to the administrator, because Entra does not report it; null = unknown
     */
    record ClientSecret(SecretSource source, @Nullable LocalDate expires) implements Credential {

        public ClientSecret(String value) {
            this(new SecretSource.Inline(value), null);
        }

        @Override
        public String toString() {
            return "ClientSecret[" + source + "]";
        }
    }
}
