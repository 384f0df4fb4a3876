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
 * A Graph JSON batch: up to 20 requests to one API version. Graph refuses the whole batch when a writing item has no Content-Type or
 * body, so actions without parameters send {@code {}}. Graph answers the items in any order.
 */
final class Batch {

    /** Graph's limit. */
    static final int MAX_SIZE = 20;

    private final ApiVersion version;
    private final JsonMapper json;
    private final ArrayNode requests;

    Batch(ApiVersion version, JsonMapper json) {
        this.version = version;
        this.json = json;
        this.requests = json.createArrayNode();
    }

    /** The answer to one item. */
    record Item(int status, JsonNode headers, JsonNode body) {

        /** Returns a header by its name in any case. */
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
        if (requests.size() == MAX_SIZE) {
            throw new IllegalStateException("a batch holds at most " + MAX_SIZE + " requests");
        }
        return requests.addObject().put("id", id).put("method", method).put("url", path);
    }

    byte[] bytes() {
        return json.writeValueAsBytes(json.createObjectNode().set("requests", requests));
    }

    /** Parses the answers by item id; items that Graph did not answer are missing. */
    static Map<String, Item> answers(JsonMapper json, String body, Set<String> ids) {
        Map<String, Item> answers = new LinkedHashMap<>();
        for (JsonNode response : json.readTree(body).path("responses")) {
            String id = response.path("id").asString("");
            if (ids.contains(id)) {
                answers.put(id, new Item(response.path("status").asInt(0), response.path("headers"),
                        response.path("body")));
            }
        }
        return answers;
    }
}
