package io.acmpintune.system;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Persons with a token of the engine and one role each. */
enum Person {
    VERA("viewer"),
    OLGA("operator"),
    OTTO("operator"),
    ADA("approver"),
    ABEL("approver"),
    ROOT("administrator"),
    RITA("administrator");

    private final String role;

    Person(String role) {
        this.role = role;
    }

    String token() {
        return "canary-token-" + text() + "-0123456789abcdef";
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the entries of {@code engine.api.tokens}, one line each. */
    static String asTokens() {
        return Arrays.stream(values())
                .map(person -> "- { name: %s, role: %s, token: \"%s\" }".formatted(person.text(), person.role,
                        person.token()))
                .collect(Collectors.joining("\n"));
    }
}
