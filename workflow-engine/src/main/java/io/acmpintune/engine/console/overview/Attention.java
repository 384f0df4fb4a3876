package io.acmpintune.engine.console.overview;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that a person should look at.
 *
 * @param key names its text
 * @param values of the text
 * @param detail what the one who knows says of it; null = the text says all
 * @param address where it can be looked at; null = nowhere here
 */
record Attention(Severity severity, String key, List<Object> values, @Nullable String detail,
        @Nullable String address) {

    /** How soon. */
    enum Severity {
        /** Something does not work. */
        BAD,
        /** Something waits for a person. */
        WARN
    }

    Attention {
        values = List.copyOf(values);
    }
}
