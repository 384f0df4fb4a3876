package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.safety.Affected;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;

/**
 * A client of an order, with its device as the operator saw it.
 *
 * @param seen null = the client is unknown or has no device
 * @param impact of the action on the device; on a client without one, the greatest that is possible
 * @param refusal null = the action is done on it
 */
record EvaluatedTarget(UUID clientId, @Nullable String name, @Nullable Seen seen, Impact impact,
        @Nullable Problem refusal) {

    /**
     * A device as the operator saw it.
     *
     * @param name Intune's name of the device
     * @param system the operating system with its version
     */
    record Seen(String device, @Nullable String name, @Nullable String serial, @Nullable String owner,
            @Nullable String ownership, @Nullable String system, @Nullable String model, @Nullable Instant lastSync) {

        private static Seen of(Device device) {
            OwnerType ownership = device.managedDeviceOwnerType();
            return new Seen(device.id().value(), device.deviceName(), device.serialNumber(),
                    device.userPrincipalName(), ownership == null ? null : ownership.value(), system(device),
                    device.model(), device.lastSyncDateTime());
        }

        private static @Nullable String system(Device device) {
            String system = device.operatingSystem();
            return system == null || device.osVersion() == null ? system : system + " " + device.osVersion();
        }
    }

    static EvaluatedTarget of(QueryAction action, String workflow, Candidate candidate) {
        Problem refusal = Eligibility.refusal(action, workflow, candidate).orElse(null);
        Candidate.Known client = candidate.client();
        Device device = client == null ? null : client.device();
        return new EvaluatedTarget(candidate.clientId(), client == null ? null : client.name(),
                device == null ? null : Seen.of(device),
                device == null ? Impact.greatest(action.kind()) : Impact.of(action.kind(), device), refusal);
    }

    boolean isEligible() {
        return refusal == null;
    }

    @Nullable
    String device() {
        return seen == null ? null : seen.device();
    }

    @Nullable
    String ownership() {
        return seen == null ? null : seen.ownership();
    }

    /** Returns the devices that an order on these targets would affect. */
    static Affected affected(List<EvaluatedTarget> targets) {
        return Affected.of(targets.stream().filter(EvaluatedTarget::isEligible).map(EvaluatedTarget::impact).toList());
    }
}
