package io.acmpintune.model.device;

import java.util.List;
import java.util.UUID;

/**
 * A page of a connector's device feed, in the order of revisions.
 *
 * @param feed identity of the feed; a reader that knew another one (the connector's database was made anew) reads again from 0
 * @param tenantId the Entra tenant whose devices these are
 * @param next the {@code after} of the next request
 * @param more true when the feed holds changes behind {@code next} already
 */
public record DeviceChanges(UUID feed, UUID tenantId, long next, boolean more, List<DeviceChange> changes) {
    public DeviceChanges {
        changes = List.copyOf(changes);
    }
}
