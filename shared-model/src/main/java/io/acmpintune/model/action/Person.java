package io.acmpintune.model.action;

/** The name of who did something, as the caller knows the person. */
final class Person {

    private static final int LONGEST = 200;

    private Person() {}

    static void check(String field, String name) {
        // what a caller leaves out of its JSON arrives as null, whatever the types say
        if (name == null || name.isBlank() || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " must have 1 to " + LONGEST
                    + " characters, none of them a control character");
        }
    }
}
