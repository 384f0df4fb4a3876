package io.acmpintune.engine.publication.plan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.publication.plan.ClientState.RecordState;

/**
 * What should be done with one client in one ACMP server, before the guards are checked.
 *
 * @param writesClient whether its client record is written
 * @param writesMobileDevice whether its mobile-device record is written
 * @param guard the guard that counts it; null = none
 */
public record Intent(PlanKind kind, boolean writesClient, boolean writesMobileDevice, @Nullable Guard guard) {

    private static final Intent UNCHANGED = withoutWrites(PlanKind.UNCHANGED);

    /**
     * Derives the intent from the client's state.
     *
     * @param deleteBefore clients removed from Intune before this moment are deleted; null = none
     */
    static Intent of(ClientState state, @Nullable Instant deleteBefore) {
        boolean linked = state.origin() == Origin.LINKED;
        boolean client = !linked && state.clientRecord() != RecordState.CURRENT;
        boolean mobileDevice = state.mobileRecord() != RecordState.CURRENT;
        if (state.removed()) {
            return ofRemoved(state, client, mobileDevice, deleteBefore);
        }
        if (!client && !mobileDevice) {
            return UNCHANGED;
        }
        if (state.idTaken()) {
            return withoutWrites(PlanKind.CONFLICT);
        }
        if (state.parked()) {
            return withoutWrites(PlanKind.PARKED);
        }
        if (state.mobileRecord() == RecordState.ABSENT) {
            return linked
                    ? new Intent(PlanKind.LINK, false, true, null)
                    : new Intent(PlanKind.CREATE, client, true, Guard.CREATE);
        }
        return update(state, client, mobileDevice);
    }

    private static Intent ofRemoved(ClientState state, boolean client, boolean mobileDevice,
            @Nullable Instant deleteBefore) {
        boolean present = state.mobileRecord() != RecordState.ABSENT
                || (state.origin() == Origin.CREATED && state.clientRecord() != RecordState.ABSENT);
        boolean delete = present && state.origin() == Origin.CREATED && deleteBefore != null
                && state.removedAt() != null && !state.removedAt().isAfter(deleteBefore);
        if (!present || (!delete && !client && !mobileDevice)) {
            return UNCHANGED;
        }
        if (state.parked()) {
            return withoutWrites(PlanKind.PARKED);
        }
        if (delete) {
            return new Intent(PlanKind.DELETE, false, false, Guard.REMOVE);
        }
        return state.knownRemoved()
                ? update(state, client, mobileDevice)
                : new Intent(PlanKind.MARK_REMOVED, client, mobileDevice, Guard.REMOVE);
    }

    private static Intent update(ClientState state, boolean client, boolean mobileDevice) {
        return new Intent(PlanKind.UPDATE, client, mobileDevice, state.stableCurrent() ? null : Guard.CHANGE);
    }

    private static Intent withoutWrites(PlanKind kind) {
        return new Intent(kind, false, false, null);
    }
}
