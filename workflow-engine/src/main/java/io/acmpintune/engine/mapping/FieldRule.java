package io.acmpintune.engine.mapping;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** How one ACMP field gets its text. */
sealed interface FieldRule {

    String text(Subject subject);

    record Constant(String value) implements FieldRule {
        @Override
        public String text(Subject subject) {
            return value;
        }
    }

    /**
     * The first property that has a value, as text of the wanted type.
     *
     * @param table from value to value, not minding case; empty = none
     * @param otherwise for values that are not in the table
     * @param maxLength longer texts are cut, in UTF-16 units as ACMP counts
     */
    record FromProperties(List<Property> properties, Transform transform, TreeMap<String, String> table,
            @Nullable String otherwise, int maxLength) implements FieldRule {

        @Override
        public String text(Subject subject) {
            Object value = properties.stream()
                    .map(property -> property.read().apply(subject))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            String text = transform.text(value);
            return IcqlSafe.cut(IcqlSafe.clean(looked(text)), maxLength);
        }

        private String looked(String text) {
            if (table.isEmpty()) {
                return text;
            }
            return table.getOrDefault(text, otherwise == null ? text : otherwise);
        }

        static TreeMap<String, String> table(Map<String, String> entries) {
            TreeMap<String, String> table = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            table.putAll(entries);
            return table;
        }
    }
}
