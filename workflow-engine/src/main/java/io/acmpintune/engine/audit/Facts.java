package io.acmpintune.engine.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was so before an event, or after it: values by name. States, counts, times and ids only; a free text, which could be
 * somebody's PIN, has no way in.
 */
public final class Facts {

    private final SortedMap<String, String> values;

    private Facts(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    public static Facts none() {
        return new Facts(new TreeMap<>());
    }

    /** Of texts that the audit itself chose, by the list of what is no secret in a configuration. */
    static Facts ofConfiguration(Map<String, String> values) {
        TreeMap<String, String> cleaned = new TreeMap<>();
        values.forEach((key, value) -> cleaned.put(Words.clean(key), Words.clean(value)));
        return new Facts(cleaned);
    }

    public Facts with(String name, Enum<?> value) {
        return and(name, value.name());
    }

    public Facts with(String name, long value) {
        return and(name, Long.toString(value));
    }

    public Facts with(String name, boolean value) {
        return and(name, Boolean.toString(value));
    }

    public Facts with(String name, Instant value) {
        return and(name, value.toString());
    }

    public Facts with(String name, UUID value) {
        return and(name, value.toString());
    }

    SortedMap<String, String> values() {
        return values;
    }

    private Facts and(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Facts(more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts facts && facts.values.equals(values);
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
