package io.acmpintune.simulator.sics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;

/** A request to SICS, interpreted by the template of its call. */
final class SicsRequest {

    private final SicsDialect.Template template;
    private final Request request;
    private final JsonNode body;

    SicsRequest(SicsDialect.Template template, Request request) {
        this.template = template;
        this.request = request;
        this.body = Json.parse(request.body());
    }

    /** Returns whether the dialect has this slot. */
    boolean has(String slot) {
        return template.fields().containsKey(slot) || template.path().contains("{" + slot + "}");
    }

    /** Returns the text; empty if it is missing, empty or not a text. */
    Optional<String> text(String slot) {
        JsonNode value = value(slot);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** Returns the texts; empty unless it is a list of texts. */
    List<String> texts(String slot) {
        var texts = new ArrayList<String>();
        value(slot).forEach(text -> texts.add(text.asString("")));
        return texts.contains("") ? List.of() : List.copyOf(texts);
    }

    boolean flag(String slot) {
        return value(slot).asBoolean(false);
    }

    /** Returns the number, or -1 if it is missing or not a number. */
    long number(String slot) {
        return value(slot).asLong(-1);
    }

    /** Returns a description of a fixed value that was not sent. */
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
