package io.acmpintune.engine.console.setup;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;

class SetUpStateTest {

    private static final Workflow WORKFLOW = TestWorkflows.workflow(URI.create("http://connector-service:8081"), 200);
    private static final String GUID = "0b9f3c52-5d1a-4a4e-9f0e-3a1f7a6c1d2e";

    @Test
    void anEmptyAddressBeginsWithWhatIsConfigured() {
        SetUpState state = read(Map.of());

        assertThat(state.step()).isEqualTo(Step.PREREQUISITES);
        assertThat(state.value("connector")).isEqualTo("IntuneConnector_1");
        assertThat(state.value("name")).isEqualTo(TestWorkflows.NAME);
        assertThat(state.value("server")).isEqualTo("ACMP-1");
        assertThat(state.value("apply")).isEqualTo("on-request");
    }

    @Test
    void whatTheAddressSaysComesBackInTheNextAddressAndNothingElse() {
        SetUpState state = read(Map.of("step", "connection", "tenant", GUID, "clientSecret", "canary-secret",
                "certificatePassword", "canary-password", "client-secret", "canary-secret"));

        assertThat(state.address(Step.SCANNER)).contains("tenant=" + GUID, "step=scanner")
                .doesNotContain("canary")
                .doesNotContain("ecret=");
        assertThat(state.toString()).doesNotContain("canary");
    }

    @Test
    void aStepIsReachedOnlyOverThoseBeforeIt() {
        assertThat(read(Map.of("step", "finish")).reachable(WORKFLOW)).isEqualTo(Step.AUTHENTICATION);
        assertThat(read(Map.of("step", "finish", "tenant", GUID, "client", GUID)).reachable(WORKFLOW))
                .isEqualTo(Step.FINISH);
        assertThat(read(Map.of("step", "finish", "tenant", GUID, "client", GUID, "full", "5s")).reachable(WORKFLOW))
                .isEqualTo(Step.SCANNER);
        assertThat(read(Map.of("step", "connector", "full", "5s")).reachable(WORKFLOW)).isEqualTo(Step.CONNECTOR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONNECTOR      | connector=a b                       | connector
            CONNECTOR      | name=                               | name
            CONNECTOR      | server=ACMP-9                       | server
            CONNECTOR      | server=*                            |
            AUTHENTICATION | tenant=contoso.example,client=%1$s  | tenant
            AUTHENTICATION | tenant=%1$s,client=%1$s             |
            AUTHENTICATION | tenant=%1$s,client=x,cloud=mars     | client cloud
            AUTHENTICATION | tenant=%1$s,client=%1$s,cloud=custom | login graph
            AUTHENTICATION | tenant=%1$s,client=%1$s,bundle=a: b | bundle
            SCANNER        | incremental=9s,full=59s             | incremental full
            SCANNER        | incremental=PT10S,full=1m           |
            SCANNER        | incremental=often,full=367d         | incremental full
            """)
    void eachWrongFieldIsNamed(Step step, String said, @Nullable String wrong) {
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(said.formatted(GUID).split(","))
                .map(pair -> pair.split("=", 2))
                .forEach(
                        pair -> parameters.put(pair[0], pair[1]));

        assertThat(read(parameters).faults(step, WORKFLOW).keySet())
                .containsExactlyElementsOf(wrong == null ? List.of() : Arrays.asList(wrong.split(" ")));
    }

    private static SetUpState read(Map<String, String> parameters) {
        return SetUpState.read(WORKFLOW, parameters);
    }
}
