package io.acmpintune.model.verification;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A connector to be verified before it is configured: its properties under the names of the configuration file. They
 * are never stored.
 *
 * @param certificate PKCS#12 in Base64, with or without line breaks; not a path
 * @param cloud null = global
 * @param sslBundle an SSL bundle of the service's configuration
 * @param actionCredential another application of the tenant, for actions only; null = the same
 * @param proxy on the way to Entra and Graph; null = none
 * @param actions null = all of them
 */
public record UnsavedConnector(@JsonProperty("tenant-id") @Nullable String tenantId,
        @JsonProperty("client-id") @Nullable String clientId,
        @JsonProperty("authentication") @Nullable String authentication,
        @JsonProperty("certificate") @Nullable String certificate,
        @JsonProperty("certificate-password") @Nullable String certificatePassword,
        @JsonProperty("client-secret") @Nullable String clientSecret, @JsonProperty("cloud") @Nullable String cloud,
        @JsonProperty("login-endpoint") @Nullable String loginEndpoint,
        @JsonProperty("graph-endpoint") @Nullable String graphEndpoint,
        @JsonProperty("ssl-bundle") @Nullable String sslBundle,
        @JsonProperty("action-credential") @Nullable ActionCredential actionCredential,
        @JsonProperty("proxy") @Nullable Proxy proxy, @JsonProperty("actions") @Nullable Actions actions) {

    /** Creates a connector with one application and without a proxy. */
    public UnsavedConnector(@Nullable String tenantId, @Nullable String clientId, @Nullable String authentication,
            @Nullable String certificate, @Nullable String certificatePassword, @Nullable String clientSecret,
            @Nullable String cloud, @Nullable String loginEndpoint, @Nullable String graphEndpoint,
            @Nullable String sslBundle) {
        this(tenantId, clientId, authentication, certificate, certificatePassword, clientSecret, cloud, loginEndpoint,
                graphEndpoint, sslBundle, null, null, null);
    }

    /** The same properties as the connector's own. */
    public record ActionCredential(@JsonProperty("client-id") @Nullable String clientId,
            @JsonProperty("authentication") @Nullable String authentication,
            @JsonProperty("certificate") @Nullable String certificate,
            @JsonProperty("certificate-password") @Nullable String certificatePassword,
            @JsonProperty("client-secret") @Nullable String clientSecret) {
        @Override
        public String toString() {
            return "ActionCredential[clientId=" + clientId + "]";
        }
    }

    /** An HTTPS proxy. */
    public record Proxy(@JsonProperty("host") @Nullable String host, @JsonProperty("port") @Nullable Integer port,
            @JsonProperty("username") @Nullable String username, @JsonProperty("password") @Nullable String password) {
        @Override
        public String toString() {
            return "Proxy[host=" + host + ", port=" + port + "]";
        }
    }

    /** @param enabled enabled actions, such as syncDevice; permissions for others are not checked */
    public record Actions(@JsonProperty("enabled") @Nullable List<String> enabled) {}

    /** Without secrets. */
    @Override
    public String toString() {
        return "UnsavedConnector[tenantId=" + tenantId + ", clientId=" + clientId + "]";
    }
}
