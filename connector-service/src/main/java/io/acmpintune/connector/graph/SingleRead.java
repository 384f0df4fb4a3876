package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** What a read of one device came to. */
public sealed interface SingleRead<T> {

    record Found<T>(T value) implements SingleRead<T> {}

    /** Intune answered 404: the device is gone. */
    record Gone<T>() implements SingleRead<T> {}

    /** It could not be read this time. */
    record Failed<T>(Problem problem) implements SingleRead<T> {}
}
