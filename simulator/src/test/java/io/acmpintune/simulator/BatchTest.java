package io.acmpintune.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {

    private static final String SYNC = "POST /v1.0/deviceManagement/managedDevices/{id}/syncDevice";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(50));
    private final GraphClient graph = new GraphClient(simulator);

    BatchTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void twentyItemsGetResponsesByIdInAnotherOrder() {
        List<String> devices = simulator.tenant().ids().subList(0, 20);
        List<JsonNode> responses = responses(
                graph.batch(batch(
                        IntStream.range(0, 20).mapToObj(i -> sync(Integer.toString(i), devices.get(i))).toList())));
        List<String> ids = responses.stream().map(response -> response.get("id").stringValue()).toList();

        assertThat(responses).hasSize(20).allMatch(response -> response.get("status").intValue() == 204);
        assertThat(ids).isNotEqualTo(IntStream.range(0, 20).mapToObj(Integer::toString).toList())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
        assertThat(devices).allMatch(id -> simulator.tenant().syncCommands(id) >= 1);
    }

    @Test
    void eachItemHasItsOwnStatusHeadersAndBody() {
        String id = simulator.tenant().ids().getFirst();
        ObjectNode byId = Web.MAPPER.createObjectNode();
        responses(graph.batch(batch(List.of(get("read", DEVICES + "/" + id + "?$select=id"),
                get("none", DEVICES + "/x"),
                get("list", DEVICES + "?$top=2&$select=id"), get("count", DEVICES + "/$count"), sync("sync", "x")))))
                .forEach(response -> byId.set(response.get("id").stringValue(), response));

        assertThat(byId.get("read").get("body").get("id").stringValue()).isEqualTo(id);
        assertThat(byId.get("read").get("headers").get("request-id").stringValue()).isNotEmpty();
        assertThat(byId.get("none").get("status").intValue()).isEqualTo(404);
        assertThat(byId.get("none").get("body").get("error").get("code").stringValue()).isEqualTo("ResourceNotFound");
        assertThat(byId.get("list").get("body").get("value").size()).isEqualTo(2);
        assertThat(byId.get("list").get("body").get("@odata.nextLink").stringValue())
                .startsWith(simulator.httpUrl() + "/v1.0/deviceManagement/managedDevices?");
        assertThat(byId.get("count").get("body").asString()).isEqualTo("50");
        assertThat(byId.get("sync").get("status").intValue()).isEqualTo(404);
    }

    @Test
    void aWriteWithoutContentTypeOrBodyFailsTheWholeBatchAndNothingRuns() {
        String id = simulator.tenant().ids().get(30);
        Map<String, Object> withoutBody = new HashMap<>(sync("7", id));
        withoutBody.remove("body");
        Map<String, Object> withoutType = new HashMap<>(sync("7", id));
        withoutType.put("headers", Map.of());
        for (Map<String, Object> flawed : List.of(withoutBody, withoutType)) {
            assertRefused(graph.batch(batch(List.of(sync("1", id), flawed))),
                    "Write request id : 7 does not contain Content-Type header or body.");
        }
        assertThat(simulator.tenant().syncCommands(id)).isZero();
    }

    @Test
    void moreThanTwentyItemsAreRefused() {
        assertRefused(graph.batch(batch(IntStream.range(0, 21).mapToObj(i -> get("n" + i, DEVICES)).toList())), "20");
    }

    @Test
    void idsMustBePresentAndUniqueIgnoringCase() {
        assertRefused(graph.batch(batch(List.of(get("a", DEVICES), get("A", DEVICES)))), "has to be unique");
        assertRefused(graph.batch(batch(List.of(get("", DEVICES)))), "Request Id");
    }

    @Test
    void urlsMustBeRelativeToTheVersion() {
        assertRefused(graph.batch(batch(List.of(get("1", "https://graph.microsoft.com/v1.0" + DEVICES)))), "relative");
        JsonNode versioned = responses(graph.batch(batch(List.of(get("1", "/v1.0" + DEVICES))))).getFirst();
        assertThat(versioned.get("status").intValue()).isEqualTo(404);
        JsonNode withoutSlash = responses(graph.batch(batch(List.of(get("1", DEVICES.substring(1) + "?$top=1")))))
                .getFirst();
        assertThat(withoutSlash.get("status").intValue()).isEqualTo(200);
    }

    @Test
    void aMalformedBatchIsRefused() {
        assertRefused(graph.batch(Map.of("requests", "x")), "Invalid batch payload format");
        assertRefused(graph.batch(Map.of("requests", List.of())), "Invalid batch payload format");
        assertRefused(Web.plain().post(simulator.httpUrl() + "/v1.0/$batch", graph.bearer(), "{"),
                "Invalid batch payload format");
    }

    @Test
    void anItemThatDependsOnAFailedOneIsNotRun() {
        String id = simulator.tenant().ids().get(31);
        Map<String, Object> dependent = new HashMap<>(sync("2", id));
        dependent.put("dependsOn", List.of("1"));
        List<JsonNode> responses = responses(graph.batch(batch(List.of(get("1", DEVICES + "/x"), dependent))));

        assertThat(responses.getLast().get("status").intValue()).isEqualTo(424);
        assertThat(simulator.tenant().syncCommands(id)).isZero();
        assertRefused(graph.batch(batch(List.of(dependent))), "depends on");
    }

    @Test
    void aBatchInABatchIsRefused() {
        JsonNode response = responses(graph.batch(batch(List.of(Map.of("id", "1", "method", "POST", "url", "/$batch",
                "headers", Map.of("Content-Type", "application/json"), "body", batch(List.of(get("1", DEVICES))))))))
                .getFirst();
        assertThat(response.get("status").intValue()).isEqualTo(400);
    }

    @Test
    void faultsApplyToSingleItems() {
        List<String> devices = simulator.tenant().ids().subList(32, 35);
        simulator.faults()
                .next(SYNC, 1,
                        new Fault.Reply(429, Map.of("Retry-After", "7"), "{\"error\":{\"code\":\"TooManyRequests\"}}"));
        simulator.faults().next(SYNC, 1, new Fault.DropAfter());
        List<JsonNode> responses = responses(graph.batch(
                batch(List.of(sync("1", devices.get(0)), sync("2", devices.get(1)), sync("3", devices.get(2))))));

        assertThat(responses.get(0).get("status").intValue()).isEqualTo(429);
        assertThat(responses.get(0).get("headers").get("Retry-After").stringValue()).isEqualTo("7");
        assertThat(responses.get(0).get("body").get("error").get("code").stringValue()).isEqualTo("TooManyRequests");
        assertThat(responses.get(1).get("status").intValue()).isEqualTo(504);
        assertThat(responses.get(2).get("status").intValue()).isEqualTo(204);
        assertThat(devices.stream().map(simulator.tenant()::syncCommands)).containsExactly(0, 1, 1);
    }

    private static Map<String, Object> batch(List<? extends Map<String, ?>> items) {
        return Map.of("requests", items);
    }

    private static Map<String, Object> get(String id, String url) {
        return Map.of("id", id, "method", "GET", "url", url);
    }

    private static Map<String, Object> sync(String id, String device) {
        return Map.of("id", id, "method", "POST", "url", DEVICES + "/" + device + "/syncDevice", "headers",
                Map.of("content-type", "application/json"), "body", Map.of());
    }

    /** Returns the responses by their ids. */
    private static List<JsonNode> responses(Web.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        var responses = new ArrayList<JsonNode>();
        reply.json().get("responses").forEach(responses::add);
        if (responses.size() < 20) {
            responses.sort(Comparator.comparing(response -> response.get("id").stringValue()));
        }
        return responses;
    }

    private static void assertRefused(Web.Reply reply, String words) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
        assertThat(reply.json().get("error").get("message").stringValue()).contains(words);
    }
}
