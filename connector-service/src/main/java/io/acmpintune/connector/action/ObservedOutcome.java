package io.acmpintune.connector.action;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.DeviceStatus;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * What the state of a device proves about an action on it. Intune's list of action results is known to lack entries, especially for
 * retires and wipes; those are recognized by the management state and finally by the device's absence.
 */
sealed interface ObservedOutcome {

    /** The device shows no trace of the action. */
    record NotVisible() implements ObservedOutcome {}

    /** Intune has accepted it; the device has not responded yet. */
    record Accepted(String note) implements ObservedOutcome {}

    record Done(String note) implements ObservedOutcome {}

    record Failed(Problem problem) implements ObservedOutcome {}

    record NotSupported(Problem problem) implements ObservedOutcome {}

    Set<ManagementState> LEAVING = Set.of(ManagementState.RETIRE_PENDING, ManagementState.RETIRE_ISSUED,
            ManagementState.WIPE_PENDING, ManagementState.WIPE_ISSUED);

    Set<ManagementState> STAYED = Set.of(ManagementState.RETIRE_FAILED, ManagementState.RETIRE_CANCELED,
            ManagementState.WIPE_FAILED, ManagementState.WIPE_CANCELED);

    /** Evaluates a device that Intune still knows. */
    static ObservedOutcome of(ActionKind kind, DeviceStatus.Present device, ActionStart start, Instant now) {
        // users report that syncs often have no result entry: the check-in itself is the proof
        if (kind == ActionKind.SYNC_DEVICE && device.lastSync() != null && !device.lastSync().isBefore(start.at())) {
            return new Done("checked in at " + device.lastSync());
        }
        return result(kind, device, start).orElseGet(() -> switch (kind) {
            case RETIRE, WIPE -> managementState(kind, device.managementState(), start, now);
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> new NotVisible();
        });
    }

    private static Optional<ObservedOutcome> result(ActionKind kind, DeviceStatus.Present device, ActionStart start) {
        return device.results()
                .stream()
                .filter(result -> kind.text().equals(result.actionName()))
                .filter(result -> start.mayHaveStarted(result.startDateTime()))
                .findFirst()
                .map(result -> reported(kind, result));
    }

    private static ObservedOutcome reported(ActionKind kind, DeviceActionResult result) {
        @Nullable
        ActionResultState state = result.actionState();
        if (ActionResultState.FAILED.equals(state) || ActionResultState.CANCELED.equals(state)) {
            return new Failed(failed("Intune reports the action as failed or cancelled."));
        }
        if (ActionResultState.NOT_SUPPORTED.equals(state)) {
            return new NotSupported(Problem.of(ProblemKind.DEVICE_UNSUPPORTED,
                    "Intune reports that the device does not support the action.", "Choose another action."));
        }
        // a sync that is "done" before the check-in has been done by Intune, not by the device
        return ActionResultState.DONE.equals(state) && kind != ActionKind.SYNC_DEVICE
                ? new Done("Intune reports it as done"
                        + (result.lastUpdatedDateTime() == null ? "" : " at " + result.lastUpdatedDateTime()))
                : new Accepted("Intune lists it" + (state == null ? "" : " as " + state.value()));
    }

    private static ObservedOutcome managementState(ActionKind kind, @Nullable ManagementState state, ActionStart start,
            Instant now) {
        if (state == null) {
            return new NotVisible();
        }
        // a wiped device counts as retired, but not the other way round
        if (LEAVING.contains(state) && (kind == ActionKind.RETIRE || isOf(kind, state))) {
            return new Accepted("Intune's management state is " + state.value());
        }
        // a failure of a previous attempt disappears once Intune has started this one
        return STAYED.contains(state) && isOf(kind, state)
                && start.at().plus(ActionStart.CLOCK_SKEW).isBefore(now)
                        ? new Failed(failed("Intune's management state is " + state.value() + "."))
                        : new NotVisible();
    }

    private static boolean isOf(ActionKind kind, ManagementState state) {
        return state.value().startsWith(kind.text());
    }

    private static Problem failed(String detail) {
        return Problem.of(ProblemKind.DEVICE_FAILED, detail,
                "Check the device in Intune's admin center, then order the action again.");
    }
}
