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
 * Graph's JSON batch: up to 20 requests in one, all to one version. Graph refuses the whole batch when a writing item lacks a
 * Content-Type or a body, even for an action that takes none, which then gets {@code {}}. Items are answered in any order.
 */
final class Batch {

    /** Graph takes no more. */
    static final int LARGEST = 20;

    private final ApiVersion version;
    private final JsonMapper json;
    private final ArrayNode requests;

    Batch(ApiVersion version, JsonMapper json) {
        this.version = version;
        this.json = json;
        this.requests = json.createArrayNode();
    }

    /** An item's answer. */
    record Item(int status, JsonNode headers, JsonNode body) {

        /** A header, whatever the case of its name. */
        @Nullable
        String header(String name) {
            for (Map.Entry<String, JsonNode> header : List.copyOf(headers.properties())) {
                if (header.getKey().equalsIgnoreCase(name)) {
                    return header.getValue().asString("");
                }
            }
            return null;
        }

        @Nullable
        String requestId() {
            return header("request-id");
        }
    }

    ApiVersion version() {
        return version;
    }

    void post(String id, ActionRequest action) {
        ObjectNode request = item(id, "POST", action.path());
        request.set("headers", json.valueToTree(action.headers()));
        request.set("body", json.valueToTree(action.body()));
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
                answers.put(id, new Item(response.path("status").asInt(0), response.path("headers"),
                        response.path("body")));
            }
        }
        return answers;
    }
}
