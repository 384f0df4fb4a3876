package io.acmpintune.engine.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Values by name, before or after an event: states, counts, times and IDs. Free text is not accepted, since it could contain a
 * secret.
 */
public final class AuditValues {

    private final SortedMap<String, String> values;

    private AuditValues(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    public static AuditValues none() {
        return new AuditValues(new TreeMap<>());
    }

    /** Returns configuration values, which {@link AuditedConfiguration} beans have selected as not secret. */
    static AuditValues ofConfiguration(Map<String, String> values) {
        TreeMap<String, String> cleaned = new TreeMap<>();
        values.forEach((key, value) -> cleaned.put(TextSanitizer.clean(key), TextSanitizer.clean(value)));
        return new AuditValues(cleaned);
    }

    public AuditValues with(String name, Enum<?> value) {
        return and(name, value.name());
    }

    public AuditValues with(String name, long value) {
        return and(name, Long.toString(value));
    }

    public AuditValues with(String name, boolean value) {
        return and(name, Boolean.toString(value));
    }

    public AuditValues with(String name, Instant value) {
        return and(name, value.toString());
    }

    public AuditValues with(String name, UUID value) {
        return and(name, value.toString());
    }

    SortedMap<String, String> values() {
        return values;
    }

    private AuditValues and(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new AuditValues(more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditValues that && that.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
