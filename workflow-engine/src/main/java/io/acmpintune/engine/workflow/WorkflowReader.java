package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties.ConnectorTokenProperties;
import io.acmpintune.runtime.startup.ConfigurationFaults;

/** Builds workflows from properties whose constraints have been checked. */
final class WorkflowReader {

    private static final String ALL_SERVERS = "*";

    private final SortedMap<String, ServerProperties> servers;

    WorkflowReader(Map<String, ServerProperties> servers) {
        this.servers = new TreeMap<>(servers);
    }

    /** Adds a fault for a server that does not exist. */
    void check(String name, WorkflowProperties properties, ConfigurationFaults faults) {
        String id = properties.acmpServerId();
        if (!id.equals(ALL_SERVERS) && !servers.containsKey(id) && !servers.isEmpty()) {
            faults.add("workflows." + name + ".acmp-server-id", "there is no ACMP server '" + id + "' in acmp.servers",
                    "Set one of " + String.join(", ", servers.keySet()) + ", or * for all");
        }
        if (properties.connectorSslBundle() != null
                && !String.valueOf(properties.connectorUrl()).startsWith("https:")) {
            faults.add("workflows." + name + ".connector-ssl-bundle", "is set, but connector-url is no https address",
                    "Set an https address, or leave the bundle out");
        }
    }

    /** Builds a workflow without faults. */
    Workflow read(String name, WorkflowProperties properties) {
        String definition = Objects.requireNonNullElse(properties.ondemandDefinition(), name);
        return new Workflow(name, text(properties.connector()),
                URI.create(text(properties.connectorUrl()).replaceFirst("/+$", "")),
                access(properties), servers(properties.acmpServerId()), definition,
                properties.mapping(), properties.personalDevices(),
                new Publishing(properties.batchSize(), properties.lookUp(), properties.lookUpLines(),
                        properties.apply(), properties.deleteRemovedAfter(), properties.guards().createAtMost(),
                        properties.gather()),
                queryActions(definition, properties));
    }

    private static ConnectorAccess access(WorkflowProperties properties) {
        ConnectorTokenProperties tokens = properties.connectorTokens();
        String bundle = properties.connectorSslBundle();
        return new ConnectorAccess(text(tokens.reading()), text(tokens.acting()), text(tokens.stopping()),
                text(tokens.lifting()), bundle == null || bundle.isBlank() ? null : bundle.strip());
    }

    private List<AcmpServer> servers(String id) {
        return servers.entrySet()
                .stream()
                .filter(server -> id.equals(ALL_SERVERS) || id.equals(server.getKey()))
                .map(server -> new AcmpServer(server.getKey(), text(server.getValue().virtualRouter()),
                        text(server.getValue().routingKey())))
                .toList();
    }

    private static @Nullable QueryActionAddress queryActions(String definition, WorkflowProperties properties) {
        return properties.takeQueryActions()
                ? new QueryActionAddress(textOr(properties.ondemandVirtualRouter(), definition), definition,
                        textOr(properties.ondemandRoutingKey(), definition))
                : null;
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNull(value).strip();
    }

    private static String textOr(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
