package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** The result of a {@link DeviceProbe}. */
public sealed interface ProbeResult {

    /**
     * Intune answered.
     *
     * @param hasDevices whether the tenant has any device
     */
    record Answered(boolean hasDevices) implements ProbeResult {}

    /** The tenant has no Intune licence. */
    record Unlicensed(Problem problem) implements ProbeResult {}

    /** Any other failure. */
    record Failed(Problem problem) implements ProbeResult {}
}
