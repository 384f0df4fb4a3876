package io.acmpintune.engine.safety;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** What people write when they stop, approve or decide. */
public final class Reason {

    public static final int LONGEST = 500;

    private Reason() {}

    /**
     * A reason without blanks around it; null where there is none.
     *
     * @throws ProblemException 400 for one that cannot be kept
     */
    public static @Nullable String checked(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        // PostgreSQL takes no half of a surrogate pair
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ProblemException(Problem
                    .of(ProblemKind.INVALID_REQUEST, "The request has a wrong field.",
                            "Correct what is named and send the request again.")
                    .withErrors(List.of(new Problem.FieldError("reason", "must have " + LONGEST
                            + " characters at most, none of them a control character"))));
        }
        return text.strip();
    }
}
