package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;

/**
 * A configured workflow: a connector and the ACMP servers to which its devices are published.
 *
 * @param connectorUrl address of the connector-service, without a path
 * @param connectorAccess how the engine authenticates there
 * @param servers the ACMP servers, each published to independently
 * @param ondemandDefinition name by which ACMP addresses the workflow
 * @param mapping location of the mapping file
 * @param personalData what is shown of personally owned devices
 * @param publishing how it publishes to its ACMP servers
 * @param queryActions address at which query actions arrive over SICS; null = they are not accepted
 */
public record Workflow(String name, String connector, URI connectorUrl, ConnectorAccess connectorAccess,
        List<AcmpServer> servers, String ondemandDefinition, String mapping, PersonalDataPolicy personalData,
        Publishing publishing,
        @Nullable QueryActionAddress queryActions) {

    public Workflow {
        servers = List.copyOf(servers);
    }

    /** Returns the name alone, so that no log shows a token. */
    @Override
    public String toString() {
        return name;
    }
}
