package io.acmpintune.connector.tenant;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.connector.tenant.IntuneProperties.ConnectorProperties;
import io.acmpintune.connector.tenant.IntuneProperties.ProxyProperties;

/** Reads the addresses of Entra, Graph and the proxy from a connector's properties, and collects faults. */
final class AddressReader {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final FaultCollector faults;

    AddressReader(FaultCollector faults) {
        this.faults = faults;
    }

    @Nullable
    Endpoints endpoints(String key, ConnectorProperties properties) {
        if (!properties.cloud().equals("custom")) {
            Optional<Cloud> cloud = Arrays.stream(Cloud.values())
                    .filter(preset -> preset.key().equals(properties.cloud()))
                    .findFirst();
            if (cloud.isEmpty()) {
                faults.add(key + ".cloud", "'" + properties.cloud() + "' is not a cloud", "Set one of "
                        + Arrays.stream(Cloud.values()).map(Cloud::key).collect(Collectors.joining(", ")) + ", custom");
            }
            if (blankToNull(properties.loginEndpoint()) != null || blankToNull(properties.graphEndpoint()) != null) {
                faults.add(key + ".cloud", "endpoints are set, but the cloud is " + properties.cloud(),
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
            faults.add(key, "is missing, and cloud is custom", remedy);
            return null;
        }
        try {
            URI uri = URI.create(value.strip().replaceFirst("/+$", ""));
            // Graph's batches use addresses relative to the host, so a gateway's path would break them
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getPath().isEmpty()
                    && uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        faults.add(key, "'" + value + "' is not an https address without a path", remedy);
        return null;
    }

    HttpProxy proxy(String key, ProxyProperties properties) {
        String host = blankToNull(properties.host());
        if (host == null || !HOST.matcher(host).matches()) {
            faults.add(key + ".host", host == null ? "is missing" : "'" + host + "' is not a host",
                    "Set only the proxy's name or address, without http:// and port, or leave proxy out");
        }
        if (properties.port() < 1 || properties.port() > 65_535) {
            faults.add(key + ".port", properties.port() == 0 ? "is missing" : properties.port() + " is not a port",
                    "Set the proxy's port, such as 3128");
        }
        String username = blankToNull(properties.username());
        if (username == null && blankToNull(properties.password()) != null) {
            faults.add(key + ".username", "is missing, but a password is set", "Set both, or neither");
        }
        return new HttpProxy(String.valueOf(host), properties.port(), username, properties.password());
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
