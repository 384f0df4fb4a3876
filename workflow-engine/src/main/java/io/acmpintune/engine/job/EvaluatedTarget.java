package io.acmpintune.engine.job;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;

/** A client of an order, with its device as the operator saw it; no refusal = the action is done on it. */
record EvaluatedTarget(UUID clientId, @Nullable String device, @Nullable String name, @Nullable String deviceName,
        @Nullable String serial,
        @Nullable String owner, @Nullable String ownership, @Nullable Problem refusal) {

    static EvaluatedTarget of(QueryAction action, String workflow, Candidate candidate) {
        Problem refusal = Eligibility.refusal(action, workflow, candidate).orElse(null);
        Candidate.Known client = candidate.client();
        Device device = client == null ? null : client.device();
        if (client == null || device == null) {
            return new EvaluatedTarget(candidate.clientId(), null, client == null ? null : client.name(), null, null,
                    null, null,
                    refusal);
        }
        OwnerType ownership = device.managedDeviceOwnerType();
        return new EvaluatedTarget(candidate.clientId(), device.id().value(), client.name(), device.deviceName(),
                device.serialNumber(),
                device.userPrincipalName(), ownership == null ? null : ownership.value(), refusal);
    }

    boolean isEligible() {
        return refusal == null;
    }
}
