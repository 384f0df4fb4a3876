package io.acmpintune.simulator.web;

import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON mapper, and how requests are parsed and responses written. */
public final class Json {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Writing {
        void write(JsonGenerator json);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Returns the parsed text, or a missing node if it is not JSON. */
    public static JsonNode parse(byte[] utf8) {
        try {
            return MAPPER.readTree(new String(utf8, StandardCharsets.UTF_8));
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
