package io.acmpintune.model.action;

import java.util.List;
import java.util.UUID;

/**
 * A page of a connector's action feed, in the order of revisions; an action appears once, with its newest state.
 *
 * @param feed identity of the feed; a reader that knew another one reads again from 0
 * @param next the {@code after} of the next request
 * @param more true when the feed holds changes behind {@code next} already
 */
public record ActionChanges(UUID feed, long next, boolean more, List<DeviceAction> changes) {
    public ActionChanges {
        changes = List.copyOf(changes);
    }
}
