package io.acmpintune.model.device;

import java.util.List;
import java.util.UUID;

/**
 * A page of a connector's device feed, in the order of revisions.
 *
 * @param feed identity of the feed; if it changes (the connector has a new database), the reader starts again from 0
 * @param tenantId the Entra tenant of the devices
 * @param next the {@code after} of the next request
 * @param more whether the feed already has changes after {@code next}
 */
public record DeviceChanges(UUID feed, UUID tenantId, long next, boolean more, List<DeviceChange> changes) {
    public DeviceChanges {
        changes = List.copyOf(changes);
    }
}
