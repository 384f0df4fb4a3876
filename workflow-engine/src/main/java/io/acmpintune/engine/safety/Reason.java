package io.acmpintune.engine.safety;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Checks the reasons that people give when they stop, approve or decide. */
public final class Reason {

    public static final int LONGEST = 500;

    private Reason() {}

    /**
     * Returns a reason without surrounding blanks; null if it is blank.
     *
     * @throws ProblemException 400 for one that is too long or cannot be stored
     */
    public static @Nullable String checked(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        // PostgreSQL cannot store half a surrogate pair
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw InvalidRequest.of("reason", "must have " + LONGEST
                    + " characters at most, none of them a control character");
        }
        return text.strip();
    }
}
