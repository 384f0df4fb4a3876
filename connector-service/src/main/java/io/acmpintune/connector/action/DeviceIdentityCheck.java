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
 * Reads devices again before something is done to them that does not come back: what Intune shows under the id must still be what
 * whoever ordered it saw.
 */
final class DeviceIdentityCheck {

    /** A read that is older says nothing any more. */
    private static final Duration LASTS = Duration.ofSeconds(60);
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
     * What came of it.
     *
     * @param cleared may be sent, what is destructive {@link #holdsAt within a minute}
     * @param kept must not be sent now, or not at all
     * @param readAt before this no device was read
     */
    record Checked(List<StoredAction> cleared, Map<StoredAction, Transition> kept, Instant readAt) {

        /** Whether the action's device, where it had to be read, was read so late that the action may leave at a moment. */
        boolean holdsAt(StoredAction stored, Instant moment) {
            return !stored.kind().isDestructive() || !readAt.plus(LASTS).isBefore(moment);
        }
    }

    /** @param due at most 20 */
    Checked check(List<StoredAction> due) {
        List<DeviceId> ids = due.stream()
                .filter(stored -> stored.kind().isDestructive())
                .map(StoredAction::device)
                .distinct()
                .toList();
        // before the call, which may wait for the budget: the read is younger than this
        Instant readAt = clock.instant();
        Map<DeviceId, SingleRead<Device>> reads = ids.isEmpty() ? Map.of() : graph.devices().read(ids, COLUMNS);
        List<StoredAction> cleared = new ArrayList<>();
        Map<StoredAction, Transition> kept = new LinkedHashMap<>();
        for (StoredAction stored : due) {
            Optional<Transition> step = stored.kind().isDestructive()
                    ? DeviceIdentity.objection(stored, reads.get(stored.device()), connector.followUp())
                    : Optional.empty();
            step.ifPresentOrElse(objection -> kept.put(stored, objection), () -> cleared.add(stored));
        }
        return new Checked(cleared, kept, readAt);
    }
}
