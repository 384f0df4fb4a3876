package io.acmpintune.engine.job;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.Device;

/**
 * A client of an order, with all that decides whether it is eligible.
 *
 * @param clientId as the order names it
 * @param client null = the workflow has no such client
 */
record Candidate(UUID clientId, @Nullable Known client) {

    /**
     * A client of the workflow.
     *
     * @param device the parts of the last reported device that matter here; null = the client has no device any more
     * @param removed the device left Intune
     * @param conflict another device may be this client, and an operator has to decide
     * @param underWay an unfinished action of the same kind on the device; null = none
     */
    record Known(@Nullable String name, @Nullable Device device, boolean removed, boolean conflict,
            @Nullable UnderWay underWay) {}

    /** A target of another job with the same device and kind. */
    record UnderWay(UUID job, ActionState state) {}
}
