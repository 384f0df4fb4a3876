package io.acmpintune.simulator.graph;

import java.util.EnumMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of one device as Intune stores them. An absent column differs from null; real rows lack {@code
 * managementState}, for example.
 */
final class Row {

    private final EnumMap<Column, @Nullable Object> values;

    /** @param values text, Boolean, Long, JsonNode or null; the map must not be changed afterwards */
    Row(EnumMap<Column, @Nullable Object> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if a managed device has no such property */
    static Row of(ObjectNode json) {
        var values = new EnumMap<Column, @Nullable Object>(Column.class);
        json.forEachEntry((property, value) -> values.put(Column.named(property)
                .orElseThrow(() -> new IllegalArgumentException("a managedDevice has no property '" + property + "'")),
                plain(value)));
        return new Row(values);
    }

    /** Returns this row with the values of {@code changes}. */
    Row with(Row changes) {
        EnumMap<Column, @Nullable Object> changed = values.clone();
        changed.putAll(changes.values);
        return new Row(changed);
    }

    boolean has(Column column) {
        return values.containsKey(column);
    }

    @Nullable
    Object value(Column column) {
        return values.get(column);
    }

    /** Returns the value as text; "" for null or absent. */
    String text(Column column) {
        @Nullable
        Object value = value(column);
        return value == null ? "" : value.toString();
    }

    static void write(JsonGenerator json, Column column, @Nullable Object value) {
        json.writeName(column.property());
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case JsonNode node -> json.writeTree(node);
            default -> throw new IllegalStateException(column + " holds a " + value.getClass());
        }
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        return value.deepCopy();
    }
}
