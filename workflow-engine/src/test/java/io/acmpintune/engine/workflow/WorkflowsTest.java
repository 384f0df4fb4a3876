package io.acmpintune.engine.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.AcmpProperties.GuardProperties;
import io.acmpintune.engine.workflow.AcmpProperties.ServerProperties;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties.ConnectorTokenProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties.MatchingProperties;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkflowsTest {

    private static final MatchingProperties MATCHING = new MatchingProperties(List.of(), List.of());

    private static final String KEY = "acmp.workflows.IntuneMobileDevices_1";
    private static final PersonalDataPolicy PERSONAL_DATA = new PersonalDataPolicy(false, false, false);
    private static final SicsProperties SICS = new SicsProperties("https://sics:3900", "acmp",
            "canary-password", null, false, "classpath:sics-dialect.yml", Duration.ofSeconds(5),
            Duration.ofSeconds(30), Duration.ofMinutes(2));
    private static final Map<String, ServerProperties> SERVERS = Map.of("ACMP-1", new ServerProperties("acmp", "one"),
            "ACMP-2", new ServerProperties("acmp", "two"));

    @Test
    void aWorkflowIsReadWithItsServer() {
        Workflow workflow = only(Workflows.read(properties(workflow("http://connector:8081/", "ACMP-2", 200))));

        assertThat(workflow.name()).isEqualTo("IntuneMobileDevices_1");
        assertThat(workflow.connectorUrl()).hasToString("http://connector:8081");
        assertThat(workflow.servers()).containsExactly(new AcmpServer("ACMP-2", "acmp", "two"));
        assertThat(workflow.ondemandDefinition()).isEqualTo("IntuneMobileDevices_1");
    }

    @Test
    void personalDataOfPersonalDevicesIsWithheldUnlessSwitchedOn() {
        assertThat(bound(Map.of()).personalData()).isEqualTo(new PersonalDataPolicy(false, false, false));
        assertThat(bound(Map.of(KEY + ".personal-devices.user-name", "true")).personalData())
                .isEqualTo(new PersonalDataPolicy(true, false, false));
        assertThat(bound(Map.of(KEY + ".personal-devices.mail", "true", KEY + ".personal-devices.phone-number", "true"))
                .personalData()).isEqualTo(new PersonalDataPolicy(false, true, true));
    }

    @Test
    void asteriskMeansEveryServer() {
        assertThat(only(Workflows.read(properties(workflow("http://connector:8081", "*", 200)))).servers())
                .extracting(AcmpServer::id)
                .containsExactly("ACMP-1", "ACMP-2");
    }

    @Test
    void neitherTokenNorPasswordIsShown() {
        AcmpProperties properties = properties(workflow("http://connector:8081", "*", 200));

        assertThat(properties.toString() + properties.sics() + properties.workflows()
                + only(Workflows.read(properties)) + SicsSettings.connection(SICS)).doesNotContain("canary");
    }

    @Test
    void unknownServerIsReportedWithTheExistingOnes() {
        assertThat(faults(properties(workflow("http://connector:8081", "ACMP-9", 200))))
                .containsExactly(new ConfigurationFault(KEY + ".acmp-server-id",
                        "there is no ACMP server 'ACMP-9' in acmp.servers", "Set one of ACMP-1, ACMP-2, or * for all"));
    }

    @Test
    void everyMissingKeyIsReportedAtOnce() {
        AcmpProperties properties = new AcmpProperties(SICS, Map.of("ACMP-1", new ServerProperties(null, " ")),
                Map.of("IntuneMobileDevices_1", new WorkflowProperties(null, " ",
                        new ConnectorTokenProperties(null, "", " ", null), null, "*", null, "m.yml",
                        PERSONAL_DATA, 200, MATCHING,
                        Publishing.LookUp.ALL, 4, Publishing.Apply.AUTOMATIC, null, new GuardProperties(100_000),
                        Duration.ZERO, false,
                        null,
                        null)));

        assertThat(faults(properties)).extracting(ConfigurationFault::key)
                .containsExactly("acmp.servers.ACMP-1.routing-key", "acmp.servers.ACMP-1.virtual-router",
                        KEY + ".connector", KEY + ".connector-tokens.acting", KEY + ".connector-tokens.lifting",
                        KEY + ".connector-tokens.reading", KEY + ".connector-tokens.stopping", KEY + ".connector-url");
        assertThat(faults(properties)).allSatisfy(fault -> {
            assertThat(fault.reason()).isEqualTo("is missing");
            assertThat(fault.remedy()).startsWith("Set ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"connector:8081", "ftp://connector", "http://", "http://connector:8081/?a=b", "http://a b"})
    void wrongAddressOfAConnectorIsReported(String url) {
        assertThat(faults(properties(workflow(url, "*", 200)))).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo(KEY + ".connector-url");
            assertThat(fault.reason()).isEqualTo("'" + url + "' is not an http or https address");
            assertThat(fault.remedy()).contains("http://connector-service:8081");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void batchSizeOutOfRangeIsReported(int size) {
        assertThat(faults(properties(workflow("http://connector:8081", "*", size)))).containsExactly(
                new ConfigurationFault(KEY + ".batch-size", size + " is out of range",
                        "Set 1 to 1000, or leave the key out"));
    }

    @ParameterizedTest
    @CsvSource({"Intune Mobile", "a:b", "ä"})
    void nameUnfitForALaneIsReported(String name) {
        AcmpProperties properties = new AcmpProperties(SICS, SERVERS,
                Map.of(name, workflow("http://connector:8081", "*", 200)));

        assertThat(faults(properties)).singleElement()
                .satisfies(fault -> assertThat(fault.key()).isEqualTo("acmp.workflows." + name));
    }

    @Test
    void missingWorkflowsAndServersAreReported() {
        assertThat(faults(new AcmpProperties(SICS, SERVERS, Map.of()))).extracting(ConfigurationFault::key)
                .containsExactly("acmp.workflows");
        assertThat(faults(new AcmpProperties(SICS, Map.of(),
                Map.of("IntuneMobileDevices_1", workflow("http://connector:8081", "*", 200)))))
                .extracting(ConfigurationFault::key)
                .containsExactly("acmp.servers");
        assertThat(faults(new AcmpProperties(SICS, new TreeMap<>(Map.of("ACMP:1", new ServerProperties("a", "b"))),
                Map.of("IntuneMobileDevices_1", workflow("http://connector:8081", "*", 200)))))
                .extracting(ConfigurationFault::key)
                .containsExactly("acmp.servers.ACMP:1");
    }

    @Test
    void violatedConstraintsAndUnknownServersAreReportedTogether() {
        WorkflowProperties wrong = new WorkflowProperties(null, "http://connector:8081",
                new ConnectorTokenProperties("r", "a", "s", "l"), null, "ACMP-9", null,
                "m.yml", PERSONAL_DATA, 5_000, MATCHING, Publishing.LookUp.ALL, 33, Publishing.Apply.AUTOMATIC,
                Duration.ofHours(1), new GuardProperties(-1), Duration.ofMinutes(2), false, null, null);

        assertThat(faults(properties(wrong))).containsExactlyInAnyOrder(
                new ConfigurationFault(KEY + ".connector", "is missing",
                        "Set the name of the connector that it reads, such as IntuneConnector_1"),
                new ConfigurationFault(KEY + ".batch-size", "5000 is out of range",
                        "Set 1 to 1000, or leave the key out"),
                new ConfigurationFault(KEY + ".look-up-lines", "33 is out of range",
                        "Set 1 to 32, or leave the key out"),
                new ConfigurationFault(KEY + ".delete-removed-after", "PT1H is too short",
                        "Set at least 1d, such as 30d, or leave the key out to delete nothing"),
                new ConfigurationFault(KEY + ".guards.create-at-most", "-1 is out of range",
                        "Set 0 to 2147483647, or leave the key out"),
                new ConfigurationFault(KEY + ".gather", "PT2M is out of range",
                        "Set 0s to 1m, or leave the key out for 5s"),
                new ConfigurationFault(KEY + ".acmp-server-id", "there is no ACMP server 'ACMP-9' in acmp.servers",
                        "Set one of ACMP-1, ACMP-2, or * for all"));
    }

    /** The workflow that Spring makes of these properties and those that must be there. */
    private static Workflow bound(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.putAll(Map.of(KEY + ".connector", "IntuneConnector_1", KEY + ".connector-url", "http://connector:8081",
                "acmp.servers.ACMP-1.virtual-router", "acmp", "acmp.servers.ACMP-1.routing-key", "one"));
        TestWorkflows.TOKENS.forEach((name, token) -> all.put(KEY + "." + name, token));
        return only(Workflows.read(
                new Binder(new MapConfigurationPropertySource(all)).bind("acmp", AcmpProperties.class).get()));
    }

    private static List<ConfigurationFault> faults(AcmpProperties properties) {
        return assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> Workflows.read(properties))
                .actual()
                .faults();
    }

    private static Workflow only(Workflows workflows) {
        assertThat(workflows.all()).hasSize(1);
        return workflows.all().getFirst();
    }

    private static AcmpProperties properties(WorkflowProperties workflow) {
        return new AcmpProperties(SICS, SERVERS, Map.of("IntuneMobileDevices_1", workflow));
    }

    private static WorkflowProperties workflow(@Nullable String url, String server, int batch) {
        return new WorkflowProperties("IntuneConnector_1", url, new ConnectorTokenProperties("r", "a", "s", "l"), null,
                server, null, "m.yml",
                PERSONAL_DATA,
                batch, MATCHING,
                Publishing.LookUp.ALL, 4, Publishing.Apply.AUTOMATIC, null, new GuardProperties(100_000), Duration.ZERO,
                false, null,
                null);
    }
}
