package io.acmpintune.connector.tenant;

import java.nio.file.Path;

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
            this(new CertificateSource.Stored(file), password);
        }

        @Override
        public String toString() {
            return "Certificate[" + source + "]";
        }
    }

    record ClientSecret(String value) implements Credential {
        @Override
        public String toString() {
            return "ClientSecret[…]";
        }
    }
}
