package io.acmpintune.engine.job.relay;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.device.DeviceId;

/**
 * A claimed target, with all that its command needs.
 *
 * @param expected the device as the operator saw it
 * @param sealedCode the job's encrypted unlock code; null = none
 */
record ClaimedTarget(TargetKey key, DeviceId device, ExpectedDevice expected, QueryAction queryAction,
        String requestedBy, @Nullable String justification, JobParameters parameters, @Nullable String sealedCode) {}
