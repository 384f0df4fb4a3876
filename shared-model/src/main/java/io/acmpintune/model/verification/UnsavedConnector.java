package io.acmpintune.model.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A connector to be tried before it is configured: its properties under the names of the configuration file. They are used
 * once and kept nowhere.
 *
 * @param certificate PKCS#12 in Base64, with or without line breaks; not a path
 * @param cloud global where nothing is said
 * @param sslBundle an SSL bundle of the service's configuration
 */
public record UnsavedConnector(@JsonProperty("tenant-id") @Nullable String tenantId,
        @JsonProperty("client-id") @Nullable String clientId,
        @JsonProperty("authentication") @Nullable String authentication,
        @JsonProperty("certificate") @Nullable String certificate,
        @JsonProperty("certificate-password") @Nullable String certificatePassword,
        @JsonProperty("client-secret") @Nullable String clientSecret, @JsonProperty("cloud") @Nullable String cloud,
        @JsonProperty("login-endpoint") @Nullable String loginEndpoint,
        @JsonProperty("graph-endpoint") @Nullable String graphEndpoint,
        @JsonProperty("ssl-bundle") @Nullable String sslBundle) {

    /** Without secrets. */
    @Override
    public String toString() {
        return "UnsavedConnector[tenantId=" + tenantId + ", clientId=" + clientId + "]";
    }
}
