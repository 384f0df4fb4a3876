package io.acmpintune.simulator.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A response to a request. The body is written while it is sent, so that a large list needs no memory.
 *
 * @param status HTTP status
 * @param headers one value per name
 */
public record Response(int status, Map<String, String> headers, Body body) {

    public Response {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The three kinds of bodies that the simulated products send. */
    public sealed interface Body {

        record None() implements Body {}

        record JsonValue(Json.Writing writing) implements Body {}

        record Text(String value) implements Body {}

        /** Returns the bytes as they are sent. */
        default byte[] bytes() {
            return switch (this) {
                case None() -> new byte[0];
                case Text(String value) -> value.getBytes(StandardCharsets.UTF_8);
                case JsonValue(Json.Writing writing) -> {
                    var bytes = new ByteArrayOutputStream();
                    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
                        writing.write(json);
                    }
                    yield bytes.toByteArray();
                }
            };
        }
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new Body.None());
    }

    public static Response json(int status, Json.Writing writing) {
        return new Response(status, Map.of("Content-Type", "application/json; charset=utf-8"),
                new Body.JsonValue(writing));
    }

    public static Response json(int status, JsonNode value) {
        return json(status, json -> json.writeTree(value));
    }

    public static Response text(int status, String contentType, String value) {
        return new Response(status, Map.of("Content-Type", contentType), new Body.Text(value));
    }

    public Response withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }
}
