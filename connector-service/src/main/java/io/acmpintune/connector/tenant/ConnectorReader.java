package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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
import io.acmpintune.connector.tenant.IntuneProperties.ConnectorProperties;
import io.acmpintune.connector.tenant.IntuneProperties.ProxyProperties;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.runtime.startup.ConfigurationFault;

/** Checks one connector's properties after the other and collects what is wrong with them. */
final class ConnectorReader {

    /** A connector's name is part of addresses, lane names and metrics. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final int LEAST_LIMIT = 20;

    /** What the property {@code certificate} holds. */
    enum CertificateProperty {
        /** A path, whose file is looked into at once. */
        PATH,
        /** The PKCS#12 itself in Base64; what is in it is a later step's matter. */
        BASE64
    }

    private final Set<String> sslBundles;
    private final CertificateProperty certificates;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    ConnectorReader(Set<String> sslBundles, CertificateProperty certificates) {
        this.sslBundles = sslBundles;
        this.certificates = certificates;
    }

    List<ConfigurationFault> faults() {
        return faults;
    }

    void fault(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(key, reason, remedy));
    }

    /** The connector, or empty after the faults found were noted. */
    Optional<Connector> read(String name, ConnectorProperties properties) {
        int before = faults.size();
        String key = "intune.connectors." + name;
        if (!NAME.matcher(name).matches()) {
            fault(key, "is not a connector's name",
                    "Use 1 to 64 letters, digits, '_' or '-', such as IntuneConnector_1");
        }
        UUID tenant = guid(key + ".tenant-id", properties.tenantId(),
                "Set the Directory (tenant) ID that Entra shows on the application's overview page");
        Connector.Application reading = application(key, properties.application());
        Connector.Application acting = properties.actionCredential() == null
                ? null
                : application(key + ".action-credential", properties.actionCredential());
        if (reading != null && acting != null && reading.clientId().equals(acting.clientId())) {
            fault(key + ".action-credential.client-id", "is the application that reads",
                    "Register a second application that may only act, or leave action-credential out");
        }
        HttpProxy proxy = properties.proxy() == null ? null : proxy(key + ".proxy", properties.proxy());
        Endpoints endpoints = endpoints(key, properties);
        String bundle = blankToNull(properties.sslBundle());
        if (bundle != null && !sslBundles.contains(bundle)) {
            fault(key + ".ssl-bundle", "there is no SSL bundle named " + bundle,
                    "Define it under spring.ssl.bundle, or leave the key out to use the Java platform's trust store");
        }
        Connector.ScanSettings scanner = scanner(key + ".scanner", properties.scanner());
        Connector.FollowUp followUp = followUp(key + ".actions.", properties.actions());
        Connector.ActionSettings actions = actions(key + ".actions.", properties.actions());
        Connector.RateLimits limits = new Connector.RateLimits(
                limit(key + ".limits.writes-per-20s", properties.limits().writesPer20s(),
                        Connector.RateLimits.MAX_WRITES),
                limit(key + ".limits.requests-per-20s", properties.limits().requestsPer20s(),
                        Connector.RateLimits.MAX_REQUESTS));
        return tenant == null || reading == null || endpoints == null || faults.size() > before
                ? Optional.empty()
                : Optional.of(new Connector(name, tenant, reading.clientId(), reading.credential(), endpoints, bundle,
                        scanner, followUp, actions, limits, proxy, acting));
    }

    private Connector.FollowUp followUp(String prefix, ActionProperties properties) {
        Duration first = positive(prefix + "follow-up", properties.followUp(), Duration.ofSeconds(1));
        return new Connector.FollowUp(first, positive(prefix + "follow-up-at-most", properties.followUpAtMost(), first),
                positive(prefix + "follow-for", properties.followFor(), Duration.ofMinutes(1)));
    }

    private Connector.ActionSettings actions(String prefix, ActionProperties properties) {
        return new Connector.ActionSettings(enabled(prefix + "enabled", properties.enabled()),
                positive(prefix + "expire-after", properties.expireAfter(), Duration.ofSeconds(10)),
                daily(prefix + "wipes-per-day", properties.wipesPerDay(), Connector.ActionSettings.MAX_WIPES_PER_DAY),
                daily(prefix + "retires-per-day", properties.retiresPerDay(),
                        Connector.ActionSettings.MAX_RETIRES_PER_DAY),
                cap(prefix + "caps.wipes", properties.caps().wipesPer10m(), properties.caps().wipesPerDay(),
                        Connector.ActionSettings.MAX_WIPES_PER_DAY),
                cap(prefix + "caps.retires", properties.caps().retiresPer10m(), properties.caps().retiresPerDay(),
                        Connector.ActionSettings.MAX_RETIRES_PER_DAY));
    }

    private Connector.Cap cap(String prefix, int per10m, int perDay, int most) {
        return new Connector.Cap(daily(prefix + "-per-10m", per10m, most), daily(prefix + "-per-day", perDay, most));
    }

    private Set<ActionKind> enabled(String key, List<String> names) {
        Map<String, ActionKind> kinds = Arrays.stream(ActionKind.values())
                .collect(Collectors.toMap(ActionKind::text, Function.identity()));
        Set<ActionKind> enabled = EnumSet.noneOf(ActionKind.class);
        for (String name : names) {
            ActionKind kind = kinds.get(name);
            if (kind == null) {
                fault(key, "'" + name + "' is no action",
                        "Set any of " + kinds.keySet().stream().sorted().collect(Collectors.joining(", "))
                                + ", or leave the key out for all");
            } else {
                enabled.add(kind);
            }
        }
        return enabled;
    }

    private int daily(String key, int value, int most) {
        if (value < 1 || value > most) {
            fault(key, value + " is not a number of actions that Intune takes in a day",
                    "Set 1 to " + most + ", or leave the key out");
        }
        return value;
    }

    private Connector.ScanSettings scanner(String key, IntuneProperties.ScannerProperties properties) {
        ScanIntervals intervals = new ScanIntervals(
                notTooLong(key + ".incremental-interval", positive(key + ".incremental-interval",
                        properties.incrementalInterval(), Connector.ScanSettings.MIN_INCREMENTAL_INTERVAL)),
                notTooLong(key + ".full-interval", positive(key + ".full-interval", properties.fullInterval(),
                        Connector.ScanSettings.MIN_FULL_INTERVAL)));
        int pageSize = properties.pageSize();
        if (pageSize < 1 || pageSize > 1000) {
            fault(key + ".page-size", pageSize + " is not a page size that Intune answers",
                    "Set 1 to 1000, or leave the key out");
        }
        return new Connector.ScanSettings(intervals, pageSize,
                new DeviceFilterReader(this).read(key + ".filter", properties.filter()), properties.details());
    }

    private Duration notTooLong(String key, Duration value) {
        if (value.compareTo(Connector.ScanSettings.MAX_INTERVAL) > 0) {
            fault(key, value + " is too long",
                    "Set " + Connector.ScanSettings.MAX_INTERVAL.toDays() + "d or less, or leave the key out");
        }
        return value;
    }

    private Duration positive(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            fault(key, value + " is too short", "Set " + least.toSeconds() + "s or more, or leave the key out");
        }
        return value;
    }

    private int limit(String key, int value, int intunes) {
        if (value < LEAST_LIMIT || value > intunes) {
            fault(key,
                    value > intunes
                            ? value + " is more than the " + intunes + " that Intune allows an application"
                            : value + " would hold one batch of actions for longer than 20 seconds",
                    "Set " + LEAST_LIMIT + " to " + intunes + ", or leave the key out");
        }
        return value;
    }

    private @Nullable UUID guid(String key, @Nullable String value, String remedy) {
        if (value == null || value.isBlank()) {
            fault(key, "is missing", remedy);
            return null;
        }
        // UUID.fromString alone fills up with zeros what lost digits
        if (!GUID.matcher(value.strip()).matches()) {
            fault(key, "'" + value + "' is not a GUID", remedy);
            return null;
        }
        return UUID.fromString(value.strip());
    }

    private Connector.@Nullable Application application(String key, ApplicationProperties properties) {
        UUID client = guid(key + ".client-id", properties.clientId(),
                "Set the Application (client) ID that Entra shows on the application's overview page");
        Credential credential = credential(key, properties);
        return client == null || credential == null ? null : new Connector.Application(client, credential);
    }

    private HttpProxy proxy(String key, ProxyProperties properties) {
        String host = blankToNull(properties.host());
        if (host == null || !HOST.matcher(host).matches()) {
            fault(key + ".host", host == null ? "is missing" : "'" + host + "' is not a host",
                    "Set the proxy's name or address alone, without http:// and port, or leave proxy out");
        }
        if (properties.port() < 1 || properties.port() > 65_535) {
            fault(key + ".port", properties.port() == 0 ? "is missing" : properties.port() + " is not a port",
                    "Set the proxy's port, such as 3128");
        }
        String username = blankToNull(properties.username());
        if (username == null && blankToNull(properties.password()) != null) {
            fault(key + ".username", "is missing, and there is a password", "Set both, or neither");
        }
        return new HttpProxy(String.valueOf(host), properties.port(), username, properties.password());
    }

    private @Nullable Credential credential(String key, ApplicationProperties properties) {
        return switch (properties.authentication()) {
            case "certificate" -> certificate(key, properties);
            case "client-secret" -> clientSecret(key, properties);
            case null, default -> {
                fault(key + ".authentication",
                        properties.authentication() == null
                                ? "is missing"
                                : "'" + properties.authentication() + "' is not a way to authenticate",
                        "Set certificate (recommended) or client-secret");
                yield null;
            }
        };
    }

    private @Nullable Credential clientSecret(String key, ApplicationProperties properties) {
        String secret = blankToNull(properties.clientSecret());
        if (secret == null) {
            fault(key + ".client-secret", "is missing, and authentication is client-secret",
                    "Set the secret's value (not its ID), best from a secret file or the environment");
            return null;
        }
        if (!secret.startsWith("file:")) {
            return new Credential.ClientSecret(new SecretSource.Inline(secret), properties.clientSecretExpires());
        }
        if (certificates == CertificateProperty.BASE64) {
            // whoever hands a connector over must not make the service read its own files
            fault(key + ".client-secret", "names a file", "Send the secret's value");
            return null;
        }
        SecretSource.InFile stored = new SecretSource.InFile(path(secret));
        try {
            stored.read();
        } catch (IOException e) {
            fault(key + ".client-secret", "cannot be read (" + e + ")",
                    "Set the path of a file that holds the secret's value and nothing else");
        }
        return new Credential.ClientSecret(stored, properties.clientSecretExpires());
    }

    private static Path path(String property) {
        return Path.of(property.replaceFirst("^file:(//)?", ""));
    }

    private @Nullable Credential certificate(String key, ApplicationProperties properties) {
        String value = blankToNull(properties.certificate());
        String password = blankToNull(properties.certificatePassword());
        if (value == null) {
            fault(key + ".certificate", "is missing, and authentication is certificate", switch (certificates) {
                case PATH ->
                    "Set the path of the PKCS#12 file (.pfx) that holds the application's certificate and private key";
                case BASE64 ->
                    "Send the PKCS#12 file (.pfx) with the application's certificate and private key in Base64";
            });
            return null;
        }
        return switch (certificates) {
            case PATH ->
                stored(key, new Credential.Certificate(path(value), password));
            case BASE64 -> given(key, value, password);
        };
    }

    private Credential stored(String key, Credential.Certificate certificate) {
        CertificateFile.check(certificate)
                .ifPresent(found -> fault(key + "." + found.key(), found.reason(), found.remedy()));
        return certificate;
    }

    private @Nullable Credential given(String key, String base64, @Nullable String password) {
        try {
            return new Credential.Certificate(
                    new CertificateSource.Inline(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))), password);
        } catch (IllegalArgumentException _) {
            fault(key + ".certificate", "is not Base64",
                    "Send the content of the PKCS#12 file (.pfx) in Base64, not its path");
            return null;
        }
    }

    private @Nullable Endpoints endpoints(String key, ConnectorProperties properties) {
        if (!properties.cloud().equals("custom")) {
            Optional<Cloud> cloud = Arrays.stream(Cloud.values())
                    .filter(preset -> preset.key().equals(properties.cloud()))
                    .findFirst();
            if (cloud.isEmpty()) {
                fault(key + ".cloud", "'" + properties.cloud() + "' is not a cloud", "Set one of "
                        + Arrays.stream(Cloud.values()).map(Cloud::key).collect(Collectors.joining(", ")) + ", custom");
            }
            if (blankToNull(properties.loginEndpoint()) != null || blankToNull(properties.graphEndpoint()) != null) {
                fault(key + ".cloud", "own endpoints are given, but the cloud is " + properties.cloud(),
                        "Set cloud: custom, or leave login-endpoint and graph-endpoint out");
            }
            return cloud.map(Cloud::endpoints).orElse(null);
        }
        URI login = endpoint(key + ".login-endpoint", properties.loginEndpoint());
        URI graph = endpoint(key + ".graph-endpoint", properties.graphEndpoint());
        return login == null || graph == null ? null : new Endpoints(login, graph);
    }

    private @Nullable URI endpoint(String key, @Nullable String value) {
        String remedy = "Set an https address without a path, such as https://localhost:9443";
        if (value == null || value.isBlank()) {
            fault(key, "is missing, and cloud is custom", remedy);
            return null;
        }
        try {
            URI uri = URI.create(value.strip().replaceFirst("/+$", ""));
            // Graph's batches take addresses apart behind the host: a path of a gateway would break them
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getPath().isEmpty()
                    && uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        fault(key, "'" + value + "' is not such an address", remedy);
        return null;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
