package io.acmpintune.connector.tenant;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.acmpintune.connector.tenant.IntuneProperties.ConnectorProperties;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.verification.UnsavedConnector;

/** Creates a connector from submitted properties, by the same rules as from the configuration. */
public final class UnsavedConnectorReader {

    private static final String NAME = "unsaved";
    private static final String PREFIX = "intune.connectors." + NAME + ".";

    private final Set<String> sslBundles;

    public UnsavedConnectorReader(Collection<String> sslBundles) {
        this.sslBundles = Set.copyOf(sslBundles);
    }

    /** The result of reading the properties. */
    public sealed interface Result {
        record Usable(Connector connector) implements Result {}

        /** All invalid properties, by name. */
        record Invalid(List<FieldError> errors) implements Result {
            public Invalid {
                errors = List.copyOf(errors);
            }
        }
    }

    /** Reads the properties without inspecting the certificate. */
    public Result read(UnsavedConnector connector) {
        ConnectorReader reader = new ConnectorReader(sslBundles, CredentialReader.CertificateProperty.BASE64);
        return reader.read(NAME, properties(connector))
                .<Result>map(Result.Usable::new)
                .orElseGet(() -> new Result.Invalid(reader.faults()
                        .stream()
                        .map(fault -> new FieldError(fault.key().replace(PREFIX, ""),
                                fault.reason() + ". " + fault.remedy()))
                        .toList()));
    }

    /** Binds the properties like a configuration, so that missing ones get defaults. Placeholders are not resolved. */
    private static ConnectorProperties properties(UnsavedConnector connector) {
        Map<String, String> values = new HashMap<>();
        BiConsumer<String, @Nullable String> property = (key, value) -> {
            if (value != null && !value.isBlank()) {
                values.put(NAME + "." + key, value);
            }
        };
        property.accept("tenant-id", connector.tenantId());
        property.accept("client-id", connector.clientId());
        property.accept("authentication", connector.authentication());
        property.accept("certificate", connector.certificate());
        property.accept("certificate-password", connector.certificatePassword());
        property.accept("client-secret", connector.clientSecret());
        property.accept("cloud", connector.cloud());
        property.accept("login-endpoint", connector.loginEndpoint());
        property.accept("graph-endpoint", connector.graphEndpoint());
        property.accept("ssl-bundle", connector.sslBundle());
        UnsavedConnector.ActionCredential acting = connector.actionCredential();
        if (acting != null) {
            // an empty one is reported as incomplete
            values.put(NAME + ".action-credential.client-id", "");
            property.accept("action-credential.client-id", acting.clientId());
            property.accept("action-credential.authentication", acting.authentication());
            property.accept("action-credential.certificate", acting.certificate());
            property.accept("action-credential.certificate-password", acting.certificatePassword());
            property.accept("action-credential.client-secret", acting.clientSecret());
        }
        UnsavedConnector.Proxy proxy = connector.proxy();
        if (proxy != null) {
            values.put(NAME + ".proxy.host", "");
            property.accept("proxy.host", proxy.host());
            property.accept("proxy.port", proxy.port() == null ? null : proxy.port().toString());
            property.accept("proxy.username", proxy.username());
            property.accept("proxy.password", proxy.password());
        }
        if (connector.actions() != null && connector.actions().enabled() != null) {
            values.put(NAME + ".actions.enabled", String.join(",", connector.actions().enabled()));
        }
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(NAME, ConnectorProperties.class);
    }
}
