package io.acmpintune.engine.job.relay;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.device.DeviceId;

/**
 * A claimed target, with all that its command needs.
 *
 * @param expected the device as the operator saw it
 * @param expiresAt when the connector may no longer send it
 * @param sealedCode the job's encrypted unlock code; null = none
 */
record ClaimedTarget(TargetKey key, DeviceId device, ExpectedDevice expected, QueryAction queryAction,
        String requestedBy, @Nullable String justification, Instant expiresAt, JobParameters parameters,
        @Nullable String sealedCode) {

    /** Returns the target with a command that is too late: the connector answers with the action it has, and makes none. */
    ClaimedTarget recalled() {
        return new ClaimedTarget(key, device, expected, queryAction, requestedBy, justification, Instant.EPOCH,
                parameters, sealedCode);
    }
}
