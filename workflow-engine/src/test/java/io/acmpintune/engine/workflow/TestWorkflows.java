package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.springframework.web.client.RestClient;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;

import static java.time.Duration.ofSeconds;

/** Workflows for tests of other packages, with the client that the service itself would use. */
public final class TestWorkflows {

    public static final String NAME = "IntuneMobileDevices_1";
    public static final String TOKEN = "canary-connector-token-0123456789abcdef";

    private TestWorkflows() {}

    /** A workflow with one ACMP server, {@code ACMP-1}. */
    public static Workflow workflow(URI connector, int batchSize) {
        return new Workflow(NAME, "IntuneConnector_1", connector, TOKEN,
                List.of(new AcmpServer("ACMP-1", "acmp", "acmp")), NAME, "classpath:mapping/mobile-devices.yml",
                new PersonalDevices(false, false, false), batchSize);
    }

    public static ConnectorApi client(Workflow workflow) {
        return clients(workflow).of(workflow);
    }

    public static ActionApi actions(Workflow workflow) {
        return clients(workflow).actionsOf(workflow);
    }

    private static ConnectorClients clients(Workflow workflow) {
        Workflows workflows = Workflows.read(new AcmpProperties(
                new SicsProperties(null, null, null, null, false, "", ofSeconds(1), ofSeconds(1), ofSeconds(1)),
                Map.of("ACMP-1", new ServerProperties("acmp", "acmp")),
                Map.of(workflow.name(), new WorkflowProperties(workflow.connector(),
                        workflow.connectorUrl().toString(), workflow.connectorToken(), "*", null, workflow.mapping(),
                        workflow.personalDevices(), workflow.batchSize()))));
        return new ConnectorClients(workflows, RestClient.builder());
    }
}
