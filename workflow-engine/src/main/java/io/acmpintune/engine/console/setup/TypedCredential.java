package io.acmpintune.engine.console.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

import io.acmpintune.model.verification.UnsavedConnector;

/**
 * A certificate with its password, or a client secret, from a form: used for one check and not stored. Uploaded parts stay in memory
 * ({@code spring.servlet.multipart}) and never reach the disk.
 *
 * @param certificate PKCS#12
 */
record TypedCredential(@Nullable MultipartFile certificate, @Nullable String certificatePassword,
        @Nullable String clientSecret) {

    /** Returns the entered connector with this credential. */
    UnsavedConnector with(SetUpState state) {
        boolean byCertificate = state.byCertificate();
        return new UnsavedConnector(state.value("tenant"), state.value("client"), state.value("authentication"),
                byCertificate ? base64() : null, byCertificate ? certificatePassword : null,
                byCertificate ? null : clientSecret, state.value("cloud"),
                state.isCustomCloud() ? state.value("login") : null,
                state.isCustomCloud() ? state.value("graph") : null, state.value("bundle"));
    }

    private @Nullable String base64() {
        try {
            return certificate == null || certificate.isEmpty()
                    ? null
                    : Base64.getEncoder().encodeToString(certificate.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate that was sent cannot be read", e);
        }
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "TypedCredential[…]";
    }
}
