package io.acmpintune.engine.job.relay;

import java.util.UUID;

/** The key of a target. */
record TargetKey(UUID job, UUID clientId) {

    /** Returns the key under which the connector makes at most one action of the target. */
    String idempotencyKey() {
        return job + "/" + clientId;
    }
}
