package io.acmpintune.model.action;

/** Checks the name of a person, as the caller gives it. */
final class Person {

    private static final int LONGEST = 200;

    private Person() {}

    static void check(String field, String name) {
        // a field that is missing in the JSON is null, whatever its type says
        if (name == null || name.isBlank() || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " must have 1 to " + LONGEST
                    + " characters, none of them a control character");
        }
    }
}
