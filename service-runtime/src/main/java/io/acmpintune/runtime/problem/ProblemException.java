package io.acmpintune.runtime.problem;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized: it becomes the response
    private final Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** @param retryAfter how long the caller should wait before it asks again, sent in the header {@code Retry-After} */
    public ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Problem problem() {
        return problem;
    }
}
