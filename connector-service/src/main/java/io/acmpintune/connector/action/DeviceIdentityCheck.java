package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/**
 * Reads devices again before destructive actions are sent to them: the device in Intune must still match the expected one of the
 * order.
 */
final class DeviceIdentityCheck {

    /** Older reads are not reliable. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final String[] COLUMNS = {"serialNumber", "deviceName", "userPrincipalName",
            "managedDeviceOwnerType"};

    private final Connector connector;
    private final Graph graph;
    private final InstantSource clock;

    DeviceIdentityCheck(Connector connector, Graph graph, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.clock = clock;
    }

    /**
     * The result of a check.
     *
     * @param confirmed actions that may be sent; destructive ones only while the check {@link #isValidAt is valid}
     * @param blocked actions that must not be sent now, or at all
     * @param readAt time before the first device was read
     */
    record Result(List<StoredAction> confirmed, Map<StoredAction, Transition> blocked, Instant readAt) {

        /** Returns whether the check is recent enough to send the action at a moment. */
        boolean isValidAt(StoredAction stored, Instant moment) {
            return !stored.isDestructive() || !readAt.plus(MAX_AGE).isBefore(moment);
        }
    }

    /** @param due at most 20 */
    Result check(List<StoredAction> due) {
        List<DeviceId> ids = due.stream()
                .filter(StoredAction::isDestructive)
                .map(StoredAction::device)
                .distinct()
                .toList();
        // before the call, which may wait for the budget
        Instant readAt = clock.instant();
        Map<DeviceId, SingleRead<Device>> reads = ids.isEmpty() ? Map.of() : graph.devices().read(ids, COLUMNS);
        List<StoredAction> confirmed = new ArrayList<>();
        Map<StoredAction, Transition> blocked = new LinkedHashMap<>();
        for (StoredAction stored : due) {
            Optional<Transition> objection = stored.isDestructive()
                    ? DeviceIdentity.objection(stored, reads.get(stored.device()), connector.followUp())
                    : Optional.empty();
            objection.ifPresentOrElse(transition -> blocked.put(stored, transition), () -> confirmed.add(stored));
        }
        return new Result(confirmed, blocked, readAt);
    }
}
