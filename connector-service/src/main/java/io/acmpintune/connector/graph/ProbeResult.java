package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** What a read of one device came to. */
public sealed interface ProbeResult {

    /**
     * Intune answered.
     *
     * @param any whether the tenant has a device at all
     */
    record Answered(boolean any) implements ProbeResult {}

    /** Intune says that the tenant may not use it. */
    record Unlicensed(Problem problem) implements ProbeResult {}

    /** Anything else. */
    record Failed(Problem problem) implements ProbeResult {}
}
