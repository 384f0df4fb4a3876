package io.acmpintune.connector.tenant;

import java.nio.file.Path;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/** How a connector proves to Entra that it is the registered application. */
public sealed interface Credential {

    /**
     * A private key whose certificate is registered.
     *
     * @param source PKCS#12, RSA; opened anew for each token
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
     * A text that Entra knows as well.
     *
     * @param source read anew for each token
     * @param expires its last day as the administrator says, since nothing else tells it; null = unknown
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
