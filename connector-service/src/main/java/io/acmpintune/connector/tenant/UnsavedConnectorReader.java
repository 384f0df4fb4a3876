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

/** Makes a connector of properties that are in no configuration, by the same rules as of those that are. */
public final class UnsavedConnectorReader {

    private static final String NAME = "unsaved";
    private static final String PREFIX = "intune.connectors." + NAME + ".";

    private final Set<String> sslBundles;

    public UnsavedConnectorReader(Collection<String> sslBundles) {
        this.sslBundles = Set.copyOf(sslBundles);
    }

    /** What became of the properties. */
    public sealed interface Result {
        record Usable(Connector connector) implements Result {}

        /** Every property that is wrong, by its own name. */
        record Wrong(List<FieldError> errors) implements Result {
            public Wrong {
                errors = List.copyOf(errors);
            }
        }
    }

    /** Reads them; what is inside a certificate is not looked at. */
    public Result read(UnsavedConnector of) {
        ConnectorReader reader = new ConnectorReader(sslBundles, ConnectorReader.CertificateProperty.BASE64);
        return reader.read(NAME, properties(of))
                .<Result>map(Result.Usable::new)
                .orElseGet(() -> new Result.Wrong(reader.faults()
                        .stream()
                        .map(fault -> new FieldError(fault.key().replace(PREFIX, ""),
                                fault.reason() + ". " + fault.remedy()))
                        .toList()));
    }

    /** Bound as a configuration is, so that what is not said gets the defaults; placeholders stay what they are. */
    private static ConnectorProperties properties(UnsavedConnector of) {
        Map<String, String> said = new HashMap<>();
        BiConsumer<String, @Nullable String> property = (key, value) -> {
            if (value != null && !value.isBlank()) {
                said.put(NAME + "." + key, value);
            }
        };
        property.accept("tenant-id", of.tenantId());
        property.accept("client-id", of.clientId());
        property.accept("authentication", of.authentication());
        property.accept("certificate", of.certificate());
        property.accept("certificate-password", of.certificatePassword());
        property.accept("client-secret", of.clientSecret());
        property.accept("cloud", of.cloud());
        property.accept("login-endpoint", of.loginEndpoint());
        property.accept("graph-endpoint", of.graphEndpoint());
        property.accept("ssl-bundle", of.sslBundle());
        UnsavedConnector.ActionCredential acting = of.actionCredential();
        if (acting != null) {
            // also an empty one is one, with everything missing
            said.put(NAME + ".action-credential.client-id", "");
            property.accept("action-credential.client-id", acting.clientId());
            property.accept("action-credential.authentication", acting.authentication());
            property.accept("action-credential.certificate", acting.certificate());
            property.accept("action-credential.certificate-password", acting.certificatePassword());
            property.accept("action-credential.client-secret", acting.clientSecret());
        }
        UnsavedConnector.Proxy proxy = of.proxy();
        if (proxy != null) {
            said.put(NAME + ".proxy.host", "");
            property.accept("proxy.host", proxy.host());
            property.accept("proxy.port", proxy.port() == null ? null : proxy.port().toString());
            property.accept("proxy.username", proxy.username());
            property.accept("proxy.password", proxy.password());
        }
        if (of.actions() != null && of.actions().enabled() != null) {
            said.put(NAME + ".actions.enabled", String.join(",", of.actions().enabled()));
        }
        return new Binder(new MapConfigurationPropertySource(said)).bindOrCreate(NAME, ConnectorProperties.class);
    }
}
