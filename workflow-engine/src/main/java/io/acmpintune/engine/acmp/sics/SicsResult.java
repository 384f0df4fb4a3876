package io.acmpintune.engine.acmp.sics;

/**
 * The outcome of a call to SICS.
 *
 * @param <T> the content of a successful answer
 */
public sealed interface SicsResult<T> {

    /** SICS executed the call. */
    record Ok<T>(T value) implements SicsResult<T> {}

    /** SICS does not know a virtual router or target of the call; after a restart it knows none. */
    record NotFound<T>() implements SicsResult<T> {}

    /** SICS refused the call, or its outcome is unknown. */
    record Failed<T>(ConnectionProblem problem) implements SicsResult<T> {}
}
