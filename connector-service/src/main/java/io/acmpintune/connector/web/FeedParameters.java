package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Checks what a reader of a feed asks for. */
final class FeedParameters {

    private static final int LARGEST_LIMIT = 5_000;

    private FeedParameters() {}

    /** @throws ProblemException 400 with every wrong parameter */
    static void check(long after, int limit, Duration wait) {
        List<Problem.FieldError> errors = new ArrayList<>();
        if (after < 0) {
            errors.add(new Problem.FieldError("after", "must be 0 or a revision that the feed told"));
        }
        if (limit < 1 || limit > LARGEST_LIMIT) {
            errors.add(new Problem.FieldError("limit", "must be 1 to " + LARGEST_LIMIT));
        }
        if (wait.isNegative() || wait.compareTo(LongPoll.LONGEST) > 0) {
            errors.add(new Problem.FieldError("wait", "must be 0 to " + LongPoll.LONGEST.toSeconds() + " s"));
        }
        if (!errors.isEmpty()) {
            throw InvalidRequest.of(errors);
        }
    }
}
