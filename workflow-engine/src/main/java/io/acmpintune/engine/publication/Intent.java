package io.acmpintune.engine.publication;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one client in one ACMP server, before any guard is asked.
 *
 * @param client whether its client record is to be written
 * @param mobileDevice whether its mobile-device record is to be written
 * @param guard the guard that counts it; null = none
 */
record Intent(PlanKind kind, boolean client, boolean mobileDevice, @Nullable Guard guard) {

    private static final Intent UNCHANGED = nothing(PlanKind.UNCHANGED);

    /**
     * Decides it from what the prints say.
     *
     * @param deleteBefore who left Intune before is deleted; null = nobody is
     */
    static Intent of(ClientState state, @Nullable Instant deleteBefore) {
        boolean linked = state.origin() == Origin.LINKED;
        boolean client = !linked && state.client() != ClientState.Known.CURRENT;
        boolean mobileDevice = state.mobileDevice() != ClientState.Known.CURRENT;
        boolean differs = client || mobileDevice;
        if (state.removed()) {
            return leaving(state, client, mobileDevice, deleteBefore);
        }
        if (!differs) {
            return UNCHANGED;
        }
        if (state.taken()) {
            return nothing(PlanKind.CONFLICT);
        }
        if (state.parked()) {
            return nothing(PlanKind.PARKED);
        }
        if (state.mobileDevice() == ClientState.Known.ABSENT) {
            return linked
                    ? new Intent(PlanKind.LINK, false, true, null)
                    : new Intent(PlanKind.CREATE, client, true, Guard.CREATE);
        }
        return update(state, client, mobileDevice);
    }

    private static Intent leaving(ClientState state, boolean client, boolean mobileDevice,
            @Nullable Instant deleteBefore) {
        boolean there = state.mobileDevice() != ClientState.Known.ABSENT
                || (state.origin() == Origin.CREATED && state.client() != ClientState.Known.ABSENT);
        boolean delete = there && state.origin() == Origin.CREATED && deleteBefore != null
                && state.removedAt() != null && !state.removedAt().isAfter(deleteBefore);
        if (!there || (!delete && !client && !mobileDevice)) {
            return UNCHANGED;
        }
        if (state.parked()) {
            return nothing(PlanKind.PARKED);
        }
        if (delete) {
            return new Intent(PlanKind.DELETE, false, false, Guard.REMOVE);
        }
        return state.knownRemoved()
                ? update(state, client, mobileDevice)
                : new Intent(PlanKind.MARK_REMOVED, client, mobileDevice, Guard.REMOVE);
    }

    private static Intent update(ClientState state, boolean client, boolean mobileDevice) {
        return new Intent(PlanKind.UPDATE, client, mobileDevice, state.stableSame() ? null : Guard.CHANGE);
    }

    private static Intent nothing(PlanKind kind) {
        return new Intent(kind, false, false, null);
    }
}
