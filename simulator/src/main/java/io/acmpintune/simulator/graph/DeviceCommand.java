package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/**
 * The latest command of its kind that a device has received; Intune shows no earlier one.
 *
 * @param outcome  the {@code actionState} that the device's answer will bring
 * @param started  when Intune accepted it
 * @param answered when the device answered, if it has
 */
record DeviceCommand(Action action, ObjectNode parameters, String outcome, Instant started, Optional<Instant> answered) {

    static final String DONE = "done";

    boolean pending() {
        return answered.isEmpty();
    }

    boolean succeeds() {
        return outcome.equals(DONE);
    }

    /** True if the device is out of Intune once it has obeyed. */
    boolean endsManagement() {
        return switch (action) {
            case RETIRE -> true;
            case WIPE -> !parameters.path("keepEnrollmentData").asBoolean(false)
                    && !parameters.path("keepUserData").asBoolean(false);
            case SYNC_DEVICE, REMOTE_LOCK, NOTIFY -> false;
        };
    }

    /** The managementState from acceptance on, if the action shows in it. */
    Optional<String> stateWhilePending() {
        return switch (action) {
            case RETIRE -> Optional.of("retirePending");
            case WIPE -> Optional.of("wipePending");
            case SYNC_DEVICE, REMOTE_LOCK, NOTIFY -> Optional.empty();
        };
    }

    /** The managementState of a device that is still there after its answer, if the action shows in it. */
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

    /** What {@code deviceActionResults} says of it; a Mac that was locked tells the PIN that unlocks it. */
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
