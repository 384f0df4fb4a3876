package io.acmpintune.engine.acmp.sics;

/**
 * What became of a call to SICS.
 *
 * @param <T> what SICS gives when it has done what was asked
 */
public sealed interface SicsResult<T> {

    /** SICS has done it. */
    record Ok<T>(T value) implements SicsResult<T> {}

    /** SICS does not know a virtual router or target of the call; after SICS restarts it knows none. */
    record NotFound<T>() implements SicsResult<T> {}

    /** SICS has not done it, or we do not know. */
    record Failed<T>(ConnectionProblem problem) implements SicsResult<T> {}
}
