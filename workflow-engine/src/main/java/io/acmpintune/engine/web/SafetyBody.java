package io.acmpintune.engine.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Checks what people write when they stop, lift, release or decide. */
final class SafetyBody {

    private static final int LONGEST = 500;

    private SafetyBody() {}

    /** A reason without blanks around it; null where there is none. */
    static @Nullable String reason(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        // PostgreSQL takes no half of a surrogate pair
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong("reason",
                    "must have " + LONGEST + " characters at most, none of them a control character");
        }
        return text.strip();
    }

    static ProblemException wrong(String field, String reason) {
        return new ProblemException(Problem.of("invalid-request", "Invalid request", 400,
                "The request has a wrong field.", "Correct what is named and send the request again.")
                .withErrors(List.of(new Problem.FieldError(field, reason))));
    }
}
