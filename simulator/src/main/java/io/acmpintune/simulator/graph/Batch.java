package io.acmpintune.simulator.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.web.Dispatcher;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Outcome;
import io.acmpintune.simulator.web.Query;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;

/**
 * Executes JSON batches of up to twenty requests. An invalid batch fails as a whole; a valid one returns 200 with an
 * outcome per item, in any order. Source: Graph's article on JSON batching.
 */
final class Batch {

    private static final int MOST_ITEMS = 20;
    private static final Pattern ABSOLUTE = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH");

    private final Dispatcher dispatcher;

    Batch(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    private record Item(String id, String method, String url, Map<String, String> headers, Optional<JsonNode> body,
            List<String> dependsOn) {}

    private record ItemResponse(String id, Response answer) {}

    /** The items, or the reason why the whole batch is refused. */
    private sealed interface Parsed {

        record Items(List<Item> items) implements Parsed {}

        record Refused(String message) implements Parsed {}
    }

    Response run(GraphCall call) {
        if (call.request().batched()) {
            return GraphError.plain(call, 400, "BadRequest", "A batch cannot contain a batch.");
        }
        return switch (parse(Json.parse(call.request().body()))) {
            case Parsed.Refused(String message) -> GraphError.plain(call, 400, "BadRequest", message);
            case Parsed.Items(List<Item> items) -> answer(shuffled(run(call, items)));
        };
    }

    private static Parsed parse(JsonNode batch) {
        JsonNode requests = batch.path("requests");
        if (!requests.isArray() || requests.isEmpty()) {
            return new Parsed.Refused("Invalid batch payload format.");
        }
        if (requests.size() > MOST_ITEMS) {
            return new Parsed.Refused("Number of batch request steps exceeds the maximum value of " + MOST_ITEMS + ".");
        }
        var items = new ArrayList<Item>();
        var ids = new HashSet<String>();
        for (JsonNode request : requests) {
            Item item = item(request);
            String flaw = flaw(item);
            if (!flaw.isEmpty()) {
                return new Parsed.Refused(flaw);
            }
            if (!ids.add(item.id().toLowerCase(Locale.ROOT))) {
                return new Parsed.Refused("Request Id : " + item.id() + " has to be unique in a batch.");
            }
            if (!ids.containsAll(item.dependsOn().stream().map(d -> d.toLowerCase(Locale.ROOT)).toList())) {
                return new Parsed.Refused(
                        "Request Id : " + item.id() + " depends on a request that does not come before it.");
            }
            items.add(item);
        }
        return new Parsed.Items(items);
    }

    private static Item item(JsonNode request) {
        var headers = new LinkedHashMap<String, String>();
        request.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString("")));
        var dependsOn = new ArrayList<String>();
        request.path("dependsOn").forEach(id -> dependsOn.add(id.asString("")));
        return new Item(request.path("id").asString(""), request.path("method").asString("").toUpperCase(Locale.ROOT),
                request.path("url").asString(""), headers,
                request.has("body") && !request.path("body").isNull()
                        ? Optional.of(request.path("body"))
                        : Optional.empty(),
                dependsOn);
    }

    /** Returns why this item makes the whole batch fail, or "". */
    private static String flaw(Item item) {
        if (item.id().isEmpty()) {
            return "Request Id cannot be null or empty.";
        }
        if (!METHODS.contains(item.method())) {
            return "Request Id : " + item.id() + " has an invalid method.";
        }
        if (item.url().isEmpty() || ABSOLUTE.matcher(item.url()).matches()) {
            return "Request Id : " + item.id()
                    + " needs a URL that is relative to the version, such as /deviceManagement.";
        }
        boolean typed = item.headers().keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
        return WRITES.contains(item.method()) && (!typed || item.body().isEmpty())
                ? "Write request id : " + item.id() + " does not contain Content-Type header or body."
                : "";
    }

    private List<ItemResponse> run(GraphCall call, List<Item> items) {
        var responses = new ArrayList<ItemResponse>();
        var statuses = new HashMap<String, Integer>();
        for (Item item : items) {
            boolean blocked = item.dependsOn()
                    .stream()
                    .anyMatch(id -> statuses.getOrDefault(id.toLowerCase(Locale.ROOT), 0) >= 400);
            Response answer = blocked
                    ? GraphError.plain(call, 424, "FailedDependency", "A request that this one depends on has failed.")
                    : run(call, item);
            statuses.put(item.id().toLowerCase(Locale.ROOT), answer.status());
            responses.add(new ItemResponse(item.id(), answer));
        }
        return responses;
    }

    private Response run(GraphCall call, Item item) {
        String url = item.url().startsWith("/") ? item.url() : "/" + item.url();
        int question = url.indexOf('?');
        Query query;
        try {
            query = Query.parse(question < 0 ? "" : url.substring(question + 1));
        } catch (IllegalArgumentException brokenEscape) {
            return GraphError.plain(call, 400, "BadRequest", "The URL of the request is malformed.");
        }
        String path = "/" + call.version().segment() + (question < 0 ? url : url.substring(0, question));
        byte[] body = item.body().map(Json.MAPPER::writeValueAsBytes).orElseGet(() -> new byte[0]);
        Request inner = call.request().inner(item.method(), path, query, item.headers(), body);
        return switch (dispatcher.dispatch(inner)) {
            case Outcome.Send(Response answer) -> answer;
            // An item has no connection of its own; a client sees a lost response as a gateway timeout.
            case Outcome.Drop _,Outcome.Reset _,Outcome.CutShort _,Outcome.Halve _ ->
                GraphError.plain(call, 504, "GatewayTimeout", "The request timed out.");
        };
    }

    private static List<ItemResponse> shuffled(List<ItemResponse> responses) {
        var shuffled = new ArrayList<>(responses);
        Collections.shuffle(shuffled, new Random());
        if (shuffled.equals(responses)) {
            Collections.rotate(shuffled, 1);
        }
        return shuffled;
    }

    private static Response answer(List<ItemResponse> responses) {
        return Response.json(200, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("responses");
            for (ItemResponse response : responses) {
                write(json, response);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, ItemResponse response) {
        json.writeStartObject();
        json.writeStringProperty("id", response.id());
        json.writeNumberProperty("status", response.answer().status());
        json.writeObjectPropertyStart("headers");
        json.writeStringProperty("Cache-Control", "no-cache");
        response.answer().headers().forEach(json::writeStringProperty);
        json.writeEndObject();
        switch (response.answer().body()) {
            case Response.Body.None() -> {
            }
            case Response.Body.JsonValue(Json.Writing writing) -> {
                json.writeName("body");
                writing.write(json);
            }
            case Response.Body.Text(String text) -> {
                json.writeName("body");
                JsonNode parsed = Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                if (parsed.isContainer()) {
                    json.writeTree(parsed);
                } else {
                    json.writeString(text);
                }
            }
        }
        json.writeEndObject();
    }
}
