package io.acmpintune.system;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who has a token of the engine beside the plain one; each name has one role. */
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

    /** The entries of {@code engine.api.tokens}, a line each. */
    static String asTokens() {
        return Arrays.stream(values())
                .map(person -> "- { name: %s, role: %s, token: \"%s\" }".formatted(person.text(), person.role,
                        person.token()))
                .collect(Collectors.joining("\n"));
    }
}
