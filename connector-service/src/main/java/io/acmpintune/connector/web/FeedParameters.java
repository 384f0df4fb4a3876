package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Validates the parameters of a feed request. */
final class FeedParameters {

    private static final int MAX_LIMIT = 5_000;

    private FeedParameters() {}

    /** @throws ProblemException 400 with every invalid parameter */
    static void check(long after, int limit, Duration wait) {
        List<Problem.FieldError> errors = new ArrayList<>();
        if (after < 0) {
            errors.add(new Problem.FieldError("after", "must be 0 or a revision from the feed"));
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            errors.add(new Problem.FieldError("limit", "must be 1 to " + MAX_LIMIT));
        }
        if (wait.isNegative() || wait.compareTo(LongPoll.MAX_WAIT) > 0) {
            errors.add(new Problem.FieldError("wait", "must be 0 to " + LongPoll.MAX_WAIT.toSeconds() + " s"));
        }
        if (!errors.isEmpty()) {
            throw InvalidRequest.of(errors);
        }
    }
}
