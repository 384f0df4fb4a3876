package io.acmpintune.engine.console.overview;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that needs attention.
 *
 * @param key message key
 * @param values arguments of the message
 * @param detail further text in the language of its source; null = none
 * @param address page about it; null = none
 */
record Attention(Severity severity, String key, List<Object> values, @Nullable String detail,
        @Nullable String address) {

    /** How urgent it is. */
    enum Severity {
        /** Something does not work. */
        BAD,
        /** Something waits for a decision. */
        WARN
    }

    Attention {
        values = List.copyOf(values);
    }
}
