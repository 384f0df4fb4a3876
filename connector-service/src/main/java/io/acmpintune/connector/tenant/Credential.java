package io.acmpintune.connector.tenant;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** How a connector proves to Entra that it is the registered application. */
public sealed interface Credential {

    /**
     * A private key whose certificate is registered.
     *
     * @param file PKCS#12, RSA; read anew for each token, so that a replaced file is used without a restart
     */
    record Certificate(Path file, @Nullable String password) implements Credential {
        @Override
        public String toString() {
            return "Certificate[" + file + "]";
        }
    }

    record ClientSecret(String value) implements Credential {
        @Override
        public String toString() {
            return "ClientSecret[…]";
        }
    }
}
