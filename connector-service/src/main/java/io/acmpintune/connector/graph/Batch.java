package io.acmpintune.connector.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Graph's JSON batch: up to 20 requests in one. Graph refuses the whole batch when a writing item lacks a Content-Type or a body,
 * even for an action that takes none, so every one gets {@code {}}. Items are answered in any order.
 */
final class Batch {

    /** Graph takes no more. */
    static final int LARGEST = 20;

    private final JsonMapper json;
    private final ArrayNode requests;

    Batch(JsonMapper json) {
        this.json = json;
        this.requests = json.createArrayNode();
    }

    /** An item's answer. */
    record Item(int status, @Nullable String retryAfter, @Nullable String requestId, JsonNode body) {}

    void post(String id, String path) {
        ObjectNode request = item(id, "POST", path);
        request.putObject("headers").put("Content-Type", "application/json");
        request.putObject("body");
    }

    void get(String id, String path) {
        item(id, "GET", path);
    }

    private ObjectNode item(String id, String method, String path) {
        if (requests.size() == LARGEST) {
            throw new IllegalStateException("a batch takes " + LARGEST + " requests");
        }
        return requests.addObject().put("id", id).put("method", method).put("url", path);
    }

    byte[] bytes() {
        return json.writeValueAsBytes(json.createObjectNode().set("requests", requests));
    }

    /** The answers by item id; an item that Graph did not answer is missing. */
    static Map<String, Item> answers(JsonMapper json, String body, Set<String> asked) {
        Map<String, Item> answers = new LinkedHashMap<>();
        for (JsonNode response : json.readTree(body).path("responses")) {
            String id = response.path("id").asString("");
            if (asked.contains(id)) {
                answers.put(id, new Item(response.path("status").asInt(0), header(response, "Retry-After"),
                        header(response, "request-id"), response.path("body")));
            }
        }
        return answers;
    }

    private static @Nullable String header(JsonNode response, String name) {
        for (Map.Entry<String, JsonNode> header : List.copyOf(response.path("headers").properties())) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().asString("");
            }
        }
        return null;
    }
}
