package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/**
 * The syncDevice commands that a device has received; Intune shows the result of the latest.
 *
 * @param received how many in all
 * @param started  when the latest was accepted
 * @param answered when the device checked in after it, if it has
 */
record SyncCommand(int received, Instant started, Optional<Instant> answered) {

    SyncCommand answered(Instant at) {
        return new SyncCommand(received, started, Optional.of(at));
    }

    ObjectNode result() {
        ObjectNode result = Json.object();
        result.put("actionName", "syncDevice");
        result.put("actionState", answered.isPresent() ? "done" : "pending");
        result.put("startDateTime", GraphTime.text(started));
        result.put("lastUpdatedDateTime", GraphTime.text(answered.orElse(started)));
        return result;
    }
}
