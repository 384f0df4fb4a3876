package io.acmpintune.simulator.acmp;

import java.util.Optional;

/**
 * A field of an ICQL record type.
 *
 * @param presence whether it must be sent and may be empty
 * @param longest maximum number of characters, 0 for no limit
 */
record Field(String name, FieldType type, Presence presence, int longest) {

    /** Whether a field is required. */
    enum Presence {
        /** May be left out. */
        OPTIONAL,
        /** Must be sent, and may be empty where its type allows that. */
        SENT,
        /** Must be sent and not empty. */
        MANDATORY
    }

    static Field optional(String name, FieldType type) {
        return new Field(name, type, Presence.OPTIONAL, 0);
    }

    static Field sent(String name, FieldType type) {
        return new Field(name, type, Presence.SENT, 0);
    }

    static Field mandatory(String name, FieldType type, int longest) {
        return new Field(name, type, Presence.MANDATORY, longest);
    }

    /** Returns what is wrong with a value, in a sentence that names the field. */
    Optional<String> flaw(String value) {
        if (presence == Presence.MANDATORY && value.isEmpty()) {
            return Optional.of(name + " must not be empty");
        }
        if (!type.accepts(value)) {
            return Optional.of(name + " is '" + value + "' but must be " + type.form());
        }
        return longest > 0 && value.length() > longest
                ? Optional.of(name + " has " + value.length() + " characters but may have " + longest)
                : Optional.empty();
    }
}
