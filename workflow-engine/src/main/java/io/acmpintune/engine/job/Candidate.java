package io.acmpintune.engine.job;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.device.Device;

/**
 * A client that an order means, with all that decides whether it can be reached.
 *
 * @param clientId as the order names it
 * @param client what is known of it; null = the workflow has no such client
 */
record Candidate(UUID clientId, @Nullable Known client) {

    /**
     * A client of the workflow.
     *
     * @param device as the connector last told it, as far as it matters here; null = none is the client's any more
     * @param removed the device left Intune
     * @param conflict another device may be this client, and an operator is to decide
     * @param underWay an action of the same kind that has not come to its end; null = none
     */
    record Known(@Nullable String name, @Nullable Device device, boolean removed, boolean conflict,
            @Nullable UnderWay underWay) {}

    /** The target of a job that is still open. */
    record UnderWay(UUID job, ActionState state) {}
}
