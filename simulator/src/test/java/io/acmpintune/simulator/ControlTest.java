package io.acmpintune.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ControlTest {

    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    private static final String SYNC = "POST /v1.0/deviceManagement/managedDevices/{id}/syncDevice";
    private static final String IPHONE = "0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05";

    private final Web web = Web.plain();
    private Simulator simulator;
    private GraphClient graph;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().withDevices(6));
        graph = new GraphClient(simulator);
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aFaultCanBeInjectedInspectedAndRemoved() {
        order("faults", Map.of("route", LIST, "kind", "gateway", "status", 503, "after", 1, "times", 2));
        assertThat(look("faults"))
                .isEqualTo(Web.MAPPER.readTree("{\"hanging\":0,\"pending\":{\"%s\":3}}".formatted(LIST)));
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        assertThat(graph.get(DEVICES).status()).isEqualTo(503);
        assertThat(web.delete(url("faults"), Map.of()).status()).isEqualTo(204);
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        assertThat(look("requests").get("routes").get(LIST).intValue()).isEqualTo(3);
        assertThat(look("requests").get("statuses")).isEqualTo(Web.MAPPER.readTree("{\"200\":2,\"503\":1}"));
    }

    @ParameterizedTest
    @CsvSource({"none,204", "hangAfter,204", "gatewayAfter,504", "replyAfter,504", "reply,504",
            "delay,204"})
    void everyKindOfFaultWithAResponseCanBeInjected(String kind, int status) throws Exception {
        order("faults", Map.of("route", SYNC, "kind",
                kind, "status", 504, "milliseconds", 1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> graph.sync(IPHONE));
            while (kind.equals("hangAfter") && look("faults").get("hanging").intValue() == 0) {
                assertThat(answer.isDone()).isFalse();
            }
            order("faults/release", Map.of());
            assertThat(answer.get().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropBefore", "dropAfter", "resetBefore", "resetAfter", "cutShort"})
    void everyKindOfFaultThatEndsTheConnectionCanBeInjected(String kind) {
        // Not a GET, which the JDK's client repeats on its own.
        order("faults", Map.of("route", SYNC, "kind", kind));
        assertThatThrownBy(() -> graph.sync(IPHONE)).hasRootCauseInstanceOf(IOException.class);
        assertThat(simulator.faults().pending()).isEmpty();
    }

    @Test
    void invalidFaultsAreRefusedWithTheReason() {
        assertRefused("faults", Map.of("route", "GET /x", "kind", "halve"), "no route is called 'GET /x'");
        assertRefused("faults", Map.of("route", LIST, "kind", "explode"), "hangAfter");
        assertRefused("faults", Map.of("route", LIST, "kind", "reply"), "status");
        assertRefused("faults", List.of(), "no fault is of kind ''");
        assertRefused("lists/explode", Map.of(), "explode");
        assertRefused("protection", Map.of(), "actions");
        assertRefused("protection", Map.of("actions", List.of("erase")), "erase");
        assertRefused("approvals/x/approve", Map.of(), "x");
        assertRefused("approvals/x/doubt", Map.of(), "doubt");
        assertRefused("devices/x/silence", Map.of(), "x");
        assertRefused("devices/" + IPHONE + "/failure", Map.of("action", "retire"), "ends as one of");
        assertThat(web.get(url("nothing"), Map.of()).text()).contains("POST /simulator/faults");
    }

    @Test
    void actionsCanBeProtectedApprovedAndCounted() {
        order("protection", Map.of("actions", List.of("retire"), "status", 403, "code", "IN_MESSAGE"));
        assertThat(graph.act("v1.0", IPHONE, "retire", Map.of(), Map.of("x-msft-approval-justification", "bG9zdA=="))
                .status()).isEqualTo(403);
        JsonNode approval = look("approvals").get(0);
        assertThat(approval.get("deviceId").stringValue()).isEqualTo(IPHONE);
        assertThat(approval.get("action").stringValue()).isEqualTo("retire");
        assertThat(approval.get("justification").stringValue()).isEqualTo("lost");
        assertThat(approval.get("status").stringValue()).isEqualTo("needsApproval");

        String code = approval.get("code").stringValue();
        order("approvals/" + code + "/approve", Map.of());
        assertThat(graph.act("v1.0", IPHONE, "retire", Map.of(), Map.of("x-msft-approval-code", code)).status())
                .isEqualTo(204);
        assertThat(look("executions").get("retire").get(IPHONE).intValue()).isEqualTo(1);
        assertThat(look("executions").get("wipe").isEmpty()).isTrue();
        assertThat(look("approvals").get(0).get("status").stringValue()).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({"reject,rejected", "cancel,cancelled"})
    void anApprovalCanBeRejected(String decision, String status) {
        order("protection", Map.of("actions", List.of("retire")));
        String code = graph
                .act("v1.0", IPHONE, "retire", Map.of(), Map.of("x-msft-approval-justification", "bG9zdA=="))
                .header("x-msft-approval-code");
        order("approvals/" + code + "/" + decision, Map.of());
        assertThat(look("approvals").get(0).get("status").stringValue()).isEqualTo(status);
    }

    @Test
    void devicesCanBeMadeToFailOrIgnoreCommands() {
        order("devices/" + IPHONE + "/silence", Map.of());
        assertThat(simulator.tenant().neverChecksIn(IPHONE)).isTrue();
        order("devices/" + IPHONE + "/failure", Map.of("action", "remoteLock", "outcome", "failed"));
    }

    @Test
    void listsCanHaveQuirks() {
        for (String quirk : List.of("loop", "never-end", "repeat-rows", "ignore-filters", "expire-link")) {
            order("lists/" + quirk, Map.of());
        }
        assertThat(graph.get(DEVICES).json().has("@odata.nextLink")).isTrue();
        order("lists/show-nothing", Map.of());
        assertThat(graph.get(DEVICES).json().get("value").isEmpty()).isTrue();
        web.delete(url("faults"), Map.of());
        assertThat(graph.get(DEVICES).json().get("value").size()).isEqualTo(6);
    }

    private void order(String path, Object body) {
        Web.Reply reply = web.postJson(url(path), Map.of(), body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private JsonNode look(String path) {
        return web.get(url(path), Map.of()).json();
    }

    private void assertRefused(String path, Object body, String words) {
        Web.Reply reply = web.postJson(url(path), Map.of(), body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains(words);
    }

    private String url(String path) {
        return simulator.httpUrl() + "/simulator/" + path;
    }
}
