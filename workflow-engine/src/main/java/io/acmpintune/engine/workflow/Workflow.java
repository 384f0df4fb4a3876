package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;

/**
 * One installation of the ACMP side: a connector bound to one ACMP server or several, with everything checked.
 *
 * @param connectorUrl address of the connector-service, without a path
 * @param servers the ACMP servers it serves, each for itself
 * @param ondemandDefinition name under which ACMP addresses the workflow
 * @param mapping where its mapping file is
 * @param personalData what is shown of personally owned devices
 * @param publishing how its ACMP servers are told
 * @param queryActions where query actions arrive over SICS; null = they do not
 */
public record Workflow(String name, String connector, URI connectorUrl, String connectorToken, List<AcmpServer> servers,
        String ondemandDefinition, String mapping, PersonalDataPolicy personalData, Publishing publishing,
        @Nullable QueryActionAddress queryActions) {

    public Workflow {
        servers = List.copyOf(servers);
    }

    /** Names the workflow; the token stays out of logs. */
    @Override
    public String toString() {
        return name;
    }
}
