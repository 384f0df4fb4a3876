package io.acmpintune.engine.console.setup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.acmpintune.engine.workflow.AcmpProperties;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

import static org.assertj.core.api.Assertions.assertThat;

class FragmentsTest {

    private static final Workflow WORKFLOW = TestWorkflows.workflow(URI.create("http://connector-service:8081"), 200);
    private static final String TENANT = "0b9f3c52-5d1a-4a4e-9f0e-3a1f7a6c1d2e";
    private static final String CLIENT = "11111111-5d1a-4a4e-9f0e-3a1f7a6c1d2e";
    private static final String PREFIX = "intune.connectors.IntuneConnector_2.";

    @Test
    void theConnectorsFragmentIsYamlWithPlaceholdersForSecrets() {
        Properties byCertificate = yaml(fragments(Map.of()).connectorService());
        Properties bySecret = yaml(fragments(Map.of("authentication", "client-secret")).connectorService());

        assertThat(byCertificate).containsEntry(PREFIX + "tenant-id", TENANT)
                .containsEntry(PREFIX + "client-id", CLIENT)
                .containsEntry(PREFIX + "authentication", "certificate")
                .containsEntry(PREFIX + "certificate-password", "${intune-certificate-password}")
                .containsEntry(PREFIX + "scanner.incremental-interval", "15m")
                .containsEntry(PREFIX + "cloud", "global")
                .doesNotContainKey(PREFIX + "client-secret");
        assertThat(bySecret).containsEntry(PREFIX + "client-secret", "${intune-client-secret}")
                .doesNotContainKey(PREFIX + "certificate");
    }

    @Test
    void aCloudOfItsOwnBringsItsAddresses() {
        Properties custom = yaml(fragments(Map.of("cloud", "custom", "login", "https://login.example:9443", "graph",
                "https://graph.example", "bundle", "own-authority")).connectorService());

        assertThat(custom).containsEntry(PREFIX + "login-endpoint", "https://login.example:9443")
                .containsEntry(PREFIX + "graph-endpoint", "https://graph.example")
                .containsEntry(PREFIX + "ssl-bundle", "own-authority");
    }

    @Test
    void theEnginesFragmentIsAWorkflowThatTheEngineTakes() {
        String definition = "Meine \"Geräte\" \\ ${home}: #1";
        Map<Object, Object> written = new HashMap<>(
                yaml(fragments(Map.of("definition", definition)).workflowEngine()));
        written.put("acmp.servers.ACMP-1.virtual-router", "acmp");
        written.put("acmp.servers.ACMP-1.routing-key", "acmp");
        for (String use : List.of("reading", "acting", "stopping", "lifting")) {
            assertThat(written.put("acmp.workflows.IntuneMobileDevices_2.connector-tokens." + use, "token"))
                    .isEqualTo("${connector-" + use + "-token}");
        }

        Workflow read = Workflows
                .read(new Binder(new MapConfigurationPropertySource(written)).bind("acmp", AcmpProperties.class).get())
                .find("IntuneMobileDevices_2")
                .orElseThrow();

        assertThat(read.connector()).isEqualTo("IntuneConnector_2");
        assertThat(read.connectorUrl()).isEqualTo(WORKFLOW.connectorUrl());
        assertThat(read.servers()).isEqualTo(WORKFLOW.servers());
        assertThat(read.ondemandDefinition()).isEqualTo(definition);
        assertThat(read.publishing().apply()).isEqualTo(Publishing.Apply.ON_REQUEST);
    }

    private static Fragments fragments(Map<String, String> said) {
        Map<String, String> parameters = new HashMap<>(Map.of("connector", "IntuneConnector_2", "name",
                "IntuneMobileDevices_2", "server", "*", "tenant", TENANT, "client", CLIENT));
        parameters.putAll(said);
        SetUpState state = SetUpState.read(WORKFLOW, parameters);
        assertThat(state.faults(Step.CONNECTOR, WORKFLOW)).isEmpty();
        assertThat(state.faults(Step.AUTHENTICATION, WORKFLOW)).isEmpty();
        return Fragments.of(state, WORKFLOW);
    }

    private static Properties yaml(String text) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
        return Objects.requireNonNull(yaml.getObject());
    }
}
