package io.acmpintune.engine.mapping;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/** How one ACMP field gets its text. */
sealed interface FieldRule {

    FieldText text(MappingInput input);

    /** The same for every client; XML can carry it. */
    record Constant(String value) implements FieldRule {
        @Override
        public FieldText text(MappingInput input) {
            return new FieldText(value, 0, false);
        }
    }

    /**
     * The first property that has a value, as text of the wanted type.
     *
     * @param table from value to value, not minding case; empty = none
     * @param otherwise for values that are not in the table
     * @param maxLength longer texts are cut, in UTF-16 units
     */
    record FromProperties(List<Property> properties, Transform transform, SortedMap<String, String> table,
            @Nullable String otherwise, int maxLength) implements FieldRule {

        @Override
        public FieldText text(MappingInput input) {
            Object value = properties.stream()
                    .filter(property -> !transform.isPersonal() || !input.hides(property))
                    .map(property -> property.read().apply(input))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            return FieldText.of(looked(transform.text(value)), maxLength);
        }

        private String looked(String text) {
            if (table.isEmpty()) {
                return text;
            }
            return table.getOrDefault(text, otherwise == null ? text : otherwise);
        }
    }
}
