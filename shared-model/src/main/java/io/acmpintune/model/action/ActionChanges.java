package io.acmpintune.model.action;

import java.util.List;
import java.util.UUID;

/**
 * A page of a connector's action feed, in the order of revisions. An action appears once, with its latest state.
 *
 * @param feed identity of the feed; if it changes, the reader starts again from 0
 * @param next the {@code after} of the next request
 * @param more whether the feed already has changes after {@code next}
 */
public record ActionChanges(UUID feed, long next, boolean more, List<DeviceAction> changes) {
    public ActionChanges {
        changes = List.copyOf(changes);
    }
}
