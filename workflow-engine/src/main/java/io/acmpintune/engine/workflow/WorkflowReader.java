package io.acmpintune.engine.workflow;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.runtime.startup.ConfigurationFault;

/** Checks one workflow's properties after the other and collects what is wrong with them. */
final class WorkflowReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LARGEST_BATCH = 1_000;
    private static final int MOST_LINES = 32;
    /** A device that is enrolled again within a day should find its client. */
    private static final Duration SHORTEST_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_GATHERING = Duration.ofMinutes(1);

    private final Map<String, ServerProperties> servers;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    WorkflowReader(Map<String, ServerProperties> servers) {
        this.servers = new TreeMap<>(servers);
        this.servers.keySet()
                .stream()
                .filter(id -> !NAME.matcher(id).matches())
                .forEach(id -> fault("acmp.servers." + id, "is not a server's id", "Use letters, digits, '_' or '-'"));
    }

    List<ConfigurationFault> faults() {
        return faults;
    }

    void fault(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(key, reason, remedy));
    }

    /** The workflow, or empty after the faults found were noted. */
    Optional<Workflow> read(String name, WorkflowProperties properties) {
        int before = faults.size();
        String key = "acmp.workflows." + name;
        if (!NAME.matcher(name).matches()) {
            fault(key, "is not a workflow's name",
                    "Use 1 to 64 letters, digits, '_' or '-', such as IntuneMobileDevices_1");
        }
        String connector = text(key + ".connector", properties.connector(),
                "Set the name of the connector that it reads, such as IntuneConnector_1");
        URI url = address(key + ".connector-url", properties.connectorUrl());
        String token = text(key + ".connector-token", properties.connectorToken(),
                "Set one of the connector-service's API tokens (connector.api.tokens there), best from a secret file");
        List<AcmpServer> served = servers(key + ".acmp-server-id", properties.acmpServerId());
        Publishing publishing = publishing(key, properties);
        String definition = properties.ondemandDefinition() == null ? name : properties.ondemandDefinition();
        return connector == null || url == null || token == null || faults.size() > before
                ? Optional.empty()
                : Optional.of(new Workflow(name, connector, url, token, served, definition, properties.mapping(),
                        properties.personalDevices(), publishing, inbox(definition, properties)));
    }

    private Publishing publishing(String key, WorkflowProperties properties) {
        range(key + ".batch-size", properties.batchSize(), 1, LARGEST_BATCH);
        range(key + ".look-up-lines", properties.lookUpLines(), 1, MOST_LINES);
        range(key + ".guards.create-at-most", properties.guards().createAtMost(), 0, Integer.MAX_VALUE);
        Duration delete = properties.deleteRemovedAfter();
        if (delete != null && delete.compareTo(SHORTEST_KEPT) < 0) {
            fault(key + ".delete-removed-after", delete + " is too short",
                    "Set at least 1d, such as 30d, or leave the key out to delete nothing");
        }
        if (properties.gather().isNegative() || properties.gather().compareTo(LONGEST_GATHERING) > 0) {
            fault(key + ".gather", properties.gather() + " is out of range",
                    "Set 0s to 1m, or leave the key out for 5s");
        }
        return new Publishing(properties.batchSize(), properties.lookUp(), properties.lookUpLines(),
                properties.apply(), delete, properties.guards().createAtMost(), properties.gather());
    }

    private void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            fault(key, value + " is out of range", "Set " + least + " to " + most + ", or leave the key out");
        }
    }

    private static @Nullable QueryActionAddress inbox(String definition, WorkflowProperties properties) {
        return properties.takeQueryActions()
                ? new QueryActionAddress(given(properties.ondemandVirtualRouter(), definition), definition,
                        given(properties.ondemandRoutingKey(), definition))
                : null;
    }

    private static String given(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private List<AcmpServer> servers(String key, String id) {
        if (servers.isEmpty()) {
            fault("acmp.servers", "no ACMP server is configured",
                    "Name at least one, such as ACMP-1, with virtual-router and routing-key");
            return List.of();
        }
        if (id.equals("*")) {
            return servers.entrySet()
                    .stream()
                    .flatMap(entry -> server(entry.getKey(), entry.getValue()).stream())
                    .toList();
        }
        ServerProperties server = servers.get(id);
        if (server == null) {
            fault(key, "there is no ACMP server '" + id + "' in acmp.servers",
                    "Set one of " + String.join(", ", servers.keySet()) + ", or * for all");
            return List.of();
        }
        return server(id, server).stream().toList();
    }

    private Optional<AcmpServer> server(String id, ServerProperties properties) {
        String remedy = "Set it to the value shown in ACMP's SICS settings or in the AESB console";
        String router = text("acmp.servers." + id + ".virtual-router", properties.virtualRouter(), remedy);
        String routingKey = text("acmp.servers." + id + ".routing-key", properties.routingKey(), remedy);
        return router == null || routingKey == null
                ? Optional.empty()
                : Optional.of(new AcmpServer(id, router, routingKey));
    }

    private @Nullable String text(String key, @Nullable String value, String remedy) {
        if (value == null || value.isBlank()) {
            fault(key, "is missing", remedy);
            return null;
        }
        return value.strip();
    }

    private @Nullable URI address(String key, @Nullable String value) {
        String remedy = "Set the connector-service's address, such as http://connector-service:8081";
        String given = text(key, value, remedy);
        if (given == null) {
            return null;
        }
        try {
            URI uri = URI.create(given.replaceFirst("/+$", ""));
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        fault(key, "'" + given + "' is not an http or https address", remedy);
        return null;
    }
}
