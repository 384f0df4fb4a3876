package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** The result of reading one device. */
public sealed interface SingleRead<T> {

    record Found<T>(T value) implements SingleRead<T> {}

    /** Intune answered 404. */
    record Gone<T>() implements SingleRead<T> {}

    /** The read failed; it may succeed later. */
    record Failed<T>(Problem problem) implements SingleRead<T> {}
}
