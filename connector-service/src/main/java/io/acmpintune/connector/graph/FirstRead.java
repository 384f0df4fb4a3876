package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** What a read of one device came to. */
public sealed interface FirstRead {

    /**
     * Intune answered.
     *
     * @param any whether the tenant has a device at all
     */
    record Answered(boolean any) implements FirstRead {}

    /** Intune says that the tenant may not use it. */
    record Unlicensed(Problem problem) implements FirstRead {}

    /** Anything else. */
    record Refused(Problem problem) implements FirstRead {}
}
