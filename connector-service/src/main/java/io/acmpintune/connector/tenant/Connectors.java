package io.acmpintune.connector.tenant;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** The configured connectors by name. */
public final class Connectors {

    private final Map<String, Connector> byName;

    private Connectors(Map<String, Connector> byName) {
        this.byName = byName;
    }

    /**
     * Reads the connectors of the configuration.
     *
     * @param sslBundles names of the SSL bundles that exist
     * @throws InvalidConfigurationException with all faults of all connectors
     */
    public static Connectors read(IntuneProperties properties, Collection<String> sslBundles) {
        ConnectorReader reader = new ConnectorReader(Set.copyOf(sslBundles),
                CredentialReader.CertificateProperty.PATH);
        Map<String, Connector> read = new LinkedHashMap<>();
        if (properties.connectors().isEmpty()) {
            reader.faults()
                    .add(new ConfigurationFault("intune.connectors", "no connector is configured",
                            "Set at least one, such as IntuneConnector_1, with tenant-id, client-id and a certificate"));
        }
        properties.connectors().forEach((name, of) -> reader.read(name, of).ifPresent(c -> read.put(name, c)));
        if (!reader.faults().isEmpty()) {
            throw new InvalidConfigurationException(reader.faults());
        }
        return new Connectors(read);
    }

    public Optional<Connector> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public List<Connector> all() {
        return List.copyOf(byName.values());
    }
}
