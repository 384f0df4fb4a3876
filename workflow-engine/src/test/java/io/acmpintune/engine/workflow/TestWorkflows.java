package io.acmpintune.engine.workflow;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.web.client.RestClient;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties.ConnectorTokenProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties.MatchingProperties;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.PositionApi;
import io.acmpintune.model.StopApi;

import static java.time.Duration.ofSeconds;

/** Workflows for tests of other packages, with the client that the service itself would use. */
public final class TestWorkflows {

    public static final String NAME = "IntuneMobileDevices_1";
    /** The token with which the engine acts. */
    public static final String TOKEN = "canary-connector-token-0123456789abcdef";
    public static final String READING_TOKEN = "canary-reading-token-0123456789abcdef";
    public static final String STOPPING_TOKEN = "canary-stopping-token-0123456789abcdef";
    public static final String LIFTING_TOKEN = "canary-lifting-token-0123456789abcdef";
    /** The keys of a workflow's tokens. */
    public static final Map<String, String> TOKENS = Map.of("connector-tokens.reading", READING_TOKEN,
            "connector-tokens.acting", TOKEN, "connector-tokens.stopping", STOPPING_TOKEN, "connector-tokens.lifting",
            LIFTING_TOKEN);

    private static final ConnectorAccess ACCESS = new ConnectorAccess(READING_TOKEN, TOKEN, STOPPING_TOKEN,
            LIFTING_TOKEN,
            null);

    private TestWorkflows() {}

    /** A workflow with one ACMP server, {@code ACMP-1}. */
    public static Workflow workflow(URI connector, int batchSize) {
        return new Workflow(NAME, "IntuneConnector_1", connector, ACCESS,
                List.of(new AcmpServer("ACMP-1", "acmp", "acmp")), NAME, "classpath:mapping/mobile-devices.yml",
                new PersonalDataPolicy(false, false, false),
                new Publishing(batchSize, Publishing.LookUp.ALL, 3, Publishing.Apply.AUTOMATIC, null, 100_000,
                        Duration.ZERO),
                new QueryActionAddress(NAME, NAME, NAME));
    }

    /** The workflow, with a bundle for TLS with its connector. */
    public static Workflow with(Workflow workflow, String sslBundle) {
        return new Workflow(workflow.name(), workflow.connector(), workflow.connectorUrl(),
                new ConnectorAccess(READING_TOKEN, TOKEN, STOPPING_TOKEN, LIFTING_TOKEN, sslBundle), workflow.servers(),
                workflow.ondemandDefinition(), workflow.mapping(), workflow.personalData(), workflow.publishing(),
                workflow.queryActions());
    }

    /** The workflow, publishing otherwise. */
    public static Workflow with(Workflow workflow, Publishing publishing) {
        return new Workflow(workflow.name(), workflow.connector(), workflow.connectorUrl(), workflow.connectorAccess(),
                workflow.servers(), workflow.ondemandDefinition(), workflow.mapping(),
                workflow.personalData(), publishing, workflow.queryActions());
    }

    /** The workflow for these ACMP servers. */
    public static Workflow with(Workflow workflow, List<AcmpServer> servers) {
        return new Workflow(workflow.name(), workflow.connector(), workflow.connectorUrl(), workflow.connectorAccess(),
                servers, workflow.ondemandDefinition(), workflow.mapping(), workflow.personalData(),
                workflow.publishing(), workflow.queryActions());
    }

    /** The workflow, showing otherwise what it knows of personally owned devices. */
    public static Workflow with(Workflow workflow, PersonalDataPolicy policy) {
        return new Workflow(workflow.name(), workflow.connector(), workflow.connectorUrl(), workflow.connectorAccess(),
                workflow.servers(), workflow.ondemandDefinition(), workflow.mapping(), policy, workflow.publishing(),
                workflow.queryActions());
    }

    /** The workflow under another name. */
    public static Workflow named(Workflow workflow, String name) {
        return new Workflow(name, workflow.connector(), workflow.connectorUrl(), workflow.connectorAccess(),
                workflow.servers(), workflow.ondemandDefinition(), workflow.mapping(),
                workflow.personalData(), workflow.publishing(),
                workflow.queryActions());
    }

    /** One workflow for all of these ACMP servers. */
    public static Workflows workflows(Map<String, ServerProperties> servers) {
        return workflows(servers, workflow(URI.create("http://localhost:8081"), 200));
    }

    public static ConnectorApi client(Workflow workflow) {
        return clients(workflow).of(workflow);
    }

    public static ActionApi actions(Workflow workflow) {
        return clients(workflow).actionsOf(workflow);
    }

    public static PositionApi positions(Workflow workflow) {
        return clients(workflow).positionsOf(workflow);
    }

    public static StopApi stops(Workflow workflow) {
        return clients(workflow).stopsOf(workflow);
    }

    public static ConnectorClients clients(Workflow workflow) {
        return new ConnectorClients(workflows(workflow), RestClient.builder(), new DefaultSslBundleRegistry());
    }

    public static Workflows workflows(Workflow workflow) {
        return workflows(Map.of("ACMP-1", new ServerProperties("acmp", "acmp")), workflow);
    }

    private static Workflows workflows(Map<String, ServerProperties> servers, Workflow workflow) {
        return Workflows.read(new AcmpProperties(
                new SicsProperties(null, null, null, null, false, "", ofSeconds(1), ofSeconds(1), ofSeconds(1)),
                servers,
                Map.of(workflow.name(), new WorkflowProperties(workflow.connector(),
                        workflow.connectorUrl().toString(), tokens(workflow.connectorAccess()),
                        workflow.connectorAccess().sslBundle(),
                        "*", null, workflow.mapping(),
                        workflow.personalData(), workflow.publishing().batchSize(),
                        new MatchingProperties(List.of(), List.of()),
                        workflow.publishing().lookUp(),
                        workflow.publishing().lookUpLines(), workflow.publishing().apply(), null,
                        new AcmpProperties.GuardProperties(workflow.publishing().createAtMost()),
                        workflow.publishing().gather(), false, null,
                        null))));
    }

    private static ConnectorTokenProperties tokens(ConnectorAccess access) {
        return new ConnectorTokenProperties(access.reading(), access.acting(), access.stopping(), access.lifting());
    }
}
