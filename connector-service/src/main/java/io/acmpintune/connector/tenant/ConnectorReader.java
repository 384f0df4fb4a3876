package io.acmpintune.connector.tenant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.connector.tenant.IntuneProperties.ActionProperties;
import io.acmpintune.connector.tenant.IntuneProperties.ApplicationProperties;
import io.acmpintune.connector.tenant.IntuneProperties.CapProperties;
import io.acmpintune.connector.tenant.IntuneProperties.ConnectorProperties;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.runtime.startup.ConfigurationFault;

/** Validates the properties of connectors one after the other, and collects their faults. */
final class ConnectorReader {

    /** A connector's name is part of addresses, lane names and metrics. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Set<String> sslBundles;
    private final CredentialReader.CertificateProperty certificates;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    ConnectorReader(Set<String> sslBundles, CredentialReader.CertificateProperty certificates) {
        this.sslBundles = sslBundles;
        this.certificates = certificates;
    }

    /** Returns the faults of all connectors read so far. */
    List<ConfigurationFault> faults() {
        return faults;
    }

    /** Returns the connector; empty if it has faults. */
    Optional<Connector> read(String name, ConnectorProperties properties) {
        String key = "intune.connectors." + name;
        FaultCollector found = new FaultCollector(key, properties);
        Optional<Connector> connector = read(name, key, properties, found);
        faults.addAll(found.all());
        return connector;
    }

    private Optional<Connector> read(String name, String key, ConnectorProperties properties, FaultCollector found) {
        if (!NAME.matcher(name).matches()) {
            found.add(key, "is not a valid connector name",
                    "Use 1 to 64 letters, digits, '_' or '-', such as IntuneConnector_1");
        }
        CredentialReader credentials = new CredentialReader(certificates, found);
        Credential credential = credentials.read(key, properties.application());
        ApplicationProperties action = properties.actionCredential();
        Credential actionCredential = action == null ? null : credentials.read(key + ".action-credential", action);
        if (action != null && isSameId(properties.clientId(), action.clientId())) {
            found.add(key + ".action-credential.client-id", "is the application that reads devices",
                    "Register a second application that only sends actions, or leave action-credential out");
        }
        AddressReader addresses = new AddressReader(found);
        HttpProxy proxy = properties.proxy() == null ? null : addresses.proxy(key + ".proxy", properties.proxy());
        Endpoints endpoints = addresses.endpoints(key, properties);
        String bundle = properties.sslBundle() == null || properties.sslBundle().isBlank()
                ? null
                : properties.sslBundle().strip();
        if (bundle != null && !sslBundles.contains(bundle)) {
            found.add(key + ".ssl-bundle", "there is no SSL bundle named " + bundle,
                    "Define it under spring.ssl.bundle, or leave the key out to use the Java platform's trust store");
        }
        DeviceFilter filter = new DeviceFilterReader(found).read(key + ".scanner.filter",
                properties.scanner().filter());
        Connector.FollowUp followUp = followUp(key, properties.actions(), found);
        Connector.ActionSettings actions = actions(key, properties.actions(), found);
        if (!found.isEmpty() || credential == null || endpoints == null) {
            return Optional.empty();
        }
        return Optional.of(new Connector(name, id(properties.tenantId()), id(properties.clientId()), credential,
                endpoints, bundle,
                new Connector.ScanSettings(
                        new ScanIntervals(properties.scanner().incrementalInterval(),
                                properties.scanner().fullInterval()),
                        properties.scanner().pageSize(), filter, properties.scanner().details()),
                followUp, actions,
                new Connector.RateLimits(properties.limits().writesPer20s(), properties.limits().requestsPer20s()),
                proxy, action == null || actionCredential == null
                        ? null
                        : new Connector.Application(id(action.clientId()), actionCredential)));
    }

    private static Connector.FollowUp followUp(String key, ActionProperties properties, FaultCollector found) {
        if (properties.followUpAtMost().compareTo(properties.followUp()) < 0) {
            found.add(key + ".actions.follow-up-at-most", properties.followUpAtMost() + " is too short",
                    "Set " + properties.followUp().toSeconds() + "s or more, or leave the key out");
        }
        return new Connector.FollowUp(properties.followUp(), properties.followUpAtMost(), properties.followFor());
    }

    private static Connector.ActionSettings actions(String key, ActionProperties properties, FaultCollector found) {
        CapProperties caps = properties.caps();
        return new Connector.ActionSettings(enabled(key + ".actions.enabled", properties.enabled(), found),
                properties.expireAfter(), properties.wipesPerDay(), properties.retiresPerDay(),
                new Connector.Caps(new Connector.Cap(caps.wipesPer10m(), caps.wipesPerDay()),
                        new Connector.Cap(caps.retiresPer10m(), caps.retiresPerDay()),
                        new Connector.Cap(caps.macLocksPer10m(), caps.macLocksPerDay()),
                        new Connector.Cap(caps.locksPer10m(), caps.locksPerDay()),
                        new Connector.Cap(caps.notificationsPer10m(), caps.notificationsPerDay())));
    }

    private static Set<ActionKind> enabled(String key, List<String> names, FaultCollector found) {
        Map<String, ActionKind> kinds = Arrays.stream(ActionKind.values())
                .collect(Collectors.toMap(ActionKind::text, Function.identity()));
        Set<ActionKind> enabled = EnumSet.noneOf(ActionKind.class);
        for (String name : names) {
            ActionKind kind = kinds.get(name);
            if (kind == null) {
                found.add(key, "'" + name + "' is not an action",
                        "Set any of " + kinds.keySet().stream().sorted().collect(Collectors.joining(", "))
                                + ", or leave the key out for all");
            } else {
                enabled.add(kind);
            }
        }
        return enabled;
    }

    private static boolean isSameId(@Nullable String one, @Nullable String other) {
        return one != null && !one.isBlank() && other != null && one.strip().equalsIgnoreCase(other.strip());
    }

    /** Only for validated ids: {@code UUID.fromString} accepts texts with missing digits. */
    private static UUID id(@Nullable String validated) {
        if (validated == null) {
            throw new IllegalStateException("the id was validated");
        }
        return UUID.fromString(validated.strip());
    }
}
