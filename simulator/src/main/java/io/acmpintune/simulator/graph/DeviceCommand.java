package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/**
 * The latest command of its kind for a device; Intune shows no earlier one.
 *
 * @param outcome the {@code actionState} after the device's response
 * @param started when Intune accepted it
 * @param answered when the device responded, if it has
 */
record DeviceCommand(Action action, ObjectNode parameters, String outcome, Instant started,
        Optional<Instant> answered) {

    static final String DONE = "done";

    boolean pending() {
        return answered.isEmpty();
    }

    boolean succeeds() {
        return outcome.equals(DONE);
    }

    /** Returns true if the device leaves Intune by executing the command. */
    boolean endsManagement() {
        return switch (action) {
            case RETIRE -> true;
            case WIPE -> !parameters.path("keepEnrollmentData").asBoolean(false)
                    && !parameters.path("keepUserData").asBoolean(false);
            case SYNC_DEVICE, REMOTE_LOCK, NOTIFY -> false;
        };
    }

    /** Returns the managementState from acceptance on, if the action affects it. */
    Optional<String> stateWhilePending() {
        return switch (action) {
            case RETIRE -> Optional.of("retirePending");
            case WIPE -> Optional.of("wipePending");
            case SYNC_DEVICE, REMOTE_LOCK, NOTIFY -> Optional.empty();
        };
    }

    /** Returns the managementState of a device that remains after its response, if the action affects it. */
    Optional<String> stateAfterwards() {
        return switch (action) {
            case RETIRE -> Optional.of("retireFailed");
            case WIPE -> Optional.of(succeeds() ? "managed" : "wipeFailed");
            case SYNC_DEVICE, REMOTE_LOCK, NOTIFY -> Optional.empty();
        };
    }

    DeviceCommand answered(Instant at) {
        return new DeviceCommand(action, parameters, outcome, started, Optional.of(at));
    }

    /** Returns the entry in {@code deviceActionResults}. For a locked Mac it contains the unlock PIN. */
    ObjectNode result(Row device) {
        ObjectNode result = Json.object();
        boolean pin = action == Action.REMOTE_LOCK && DeviceClass.of(device) == DeviceClass.MACOS;
        if (pin) {
            result.put("@odata.type", "#microsoft.graph.remoteLockActionResult");
        }
        result.put("actionName", action.segment());
        result.put("actionState", pending() ? "pending" : outcome);
        result.put("startDateTime", GraphTime.text(started));
        result.put("lastUpdatedDateTime", GraphTime.text(answered.orElse(started)));
        if (pin) {
            result.put("unlockPin", pending() || !succeeds() ? null : pin(device));
        }
        return result;
    }

    private String pin(Row device) {
        int number = Objects.hash(device.text(Column.ID), started);
        return "%06d".formatted(Math.floorMod(number, 1_000_000));
    }
}
