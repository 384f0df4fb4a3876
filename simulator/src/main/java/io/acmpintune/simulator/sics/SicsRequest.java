package io.acmpintune.simulator.sics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;

/** A call as it came, understood by its template. */
final class SicsRequest {

    private final SicsDialect.Template template;
    private final Request request;
    private final JsonNode body;

    SicsRequest(SicsDialect.Template template, Request request) {
        this.template = template;
        this.request = request;
        this.body = Json.parse(request.body());
    }

    /** Whether the dialect lets the caller say this at all. */
    boolean has(String slot) {
        return template.fields().containsKey(slot) || template.path().contains("{" + slot + "}");
    }

    /** Empty if it is missing, empty or no text. */
    Optional<String> text(String slot) {
        JsonNode value = value(slot);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** Empty if it is no list of texts, or an empty one. */
    List<String> texts(String slot) {
        var texts = new ArrayList<String>();
        value(slot).forEach(text -> texts.add(text.asString("")));
        return texts.contains("") ? List.of() : List.copyOf(texts);
    }

    boolean flag(String slot) {
        return value(slot).asBoolean(false);
    }

    /** -1 if it is missing or no number. */
    long number(String slot) {
        return value(slot).asLong(-1);
    }

    /** What the fixed values are, if one of them was not sent. */
    Optional<String> missingFixed() {
        return template.fixed()
                .entrySet()
                .stream()
                .filter(fixed -> !body.path(fixed.getKey()).equals(Json.MAPPER.valueToTree(fixed.getValue())))
                .map(fixed -> fixed.getKey() + " must be " + Json.MAPPER.valueToTree(fixed.getValue()))
                .findFirst();
    }

    private JsonNode value(String slot) {
        if (template.path().contains("{" + slot + "}")) {
            return StringNode.valueOf(request.parameter(slot));
        }
        String field = template.fields().get(slot);
        return field == null ? MissingNode.getInstance() : body.path(field);
    }
}
