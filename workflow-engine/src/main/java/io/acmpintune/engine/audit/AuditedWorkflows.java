package io.acmpintune.engine.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.AcmpProperties;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

/** The values of {@code acmp.*} that are not secret. */
@Component
class AuditedWorkflows implements AuditedConfiguration {

    private final AcmpProperties properties;
    private final Workflows workflows;

    AuditedWorkflows(AcmpProperties properties, Workflows workflows) {
        this.properties = properties;
        this.workflows = workflows;
    }

    @Override
    public SortedMap<String, String> values() {
        TreeMap<String, String> values = new TreeMap<>();
        AcmpProperties.SicsProperties sics = properties.sics();
        values.put("acmp.sics.url", String.valueOf(sics.url()));
        values.put("acmp.sics.username", String.valueOf(sics.username()));
        values.put("acmp.sics.allow-unencrypted", Boolean.toString(sics.allowUnencrypted()));
        values.put("acmp.sics.dialect", sics.dialect());
        properties.servers().forEach((id, server) -> {
            values.put("acmp.servers." + id + ".virtual-router", String.valueOf(server.virtualRouter()));
            values.put("acmp.servers." + id + ".routing-key", String.valueOf(server.routingKey()));
        });
        workflows.all().forEach(workflow -> put(values, "acmp.workflows." + workflow.name() + ".", workflow));
        return values;
    }

    private static void put(Map<String, String> values, String key, Workflow workflow) {
        values.put(key + "connector", workflow.connector());
        values.put(key + "connector-url", workflow.connectorUrl().toString());
        values.put(key + "connector-ssl-bundle", String.valueOf(workflow.connectorAccess().sslBundle()));
        values.put(key + "acmp-server-id",
                workflow.servers().stream().map(AcmpServer::id).sorted().collect(Collectors.joining(",")));
        values.put(key + "ondemand-definition", workflow.ondemandDefinition());
        values.put(key + "mapping", workflow.mapping());
        Publishing publishing = workflow.publishing();
        values.put(key + "batch-size", Integer.toString(publishing.batchSize()));
        values.put(key + "look-up", publishing.lookUp().name());
        values.put(key + "apply", publishing.apply().name());
        values.put(key + "delete-removed-after", String.valueOf(publishing.deleteRemovedAfter()));
        values.put(key + "guards.create-at-most", Integer.toString(publishing.createAtMost()));
        values.put(key + "personal-devices", workflow.personalData().toString());
    }
}
