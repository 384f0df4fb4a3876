package io.acmpintune.connector.inventory;

import java.util.HashSet;
import java.util.Set;

import io.acmpintune.model.device.DeviceId;

/**
 * What a complete scan says about the devices that it did not see. Intune's list is known to leave devices out, so one miss is
 * only a suspicion.
 *
 * @param suspect missed for the first time
 * @param confirm missed before, and now again: a single read decides
 * @param cleared suspected before, and seen now
 */
record AbsencePlan(Set<DeviceId> suspect, Set<DeviceId> confirm, Set<DeviceId> cleared) {

    private static final int ALWAYS_BELIEVED = 50;
    private static final int ONE_IN = 20;

    AbsencePlan {
        suspect = Set.copyOf(suspect);
        confirm = Set.copyOf(confirm);
        cleared = Set.copyOf(cleared);
    }

    static AbsencePlan of(Set<DeviceId> known, Set<DeviceId> suspects, Set<DeviceId> seen) {
        // an empty list is never believed: nobody's tenant empties between two scans
        if (seen.isEmpty()) {
            return new AbsencePlan(Set.of(), Set.of(), Set.of());
        }
        Set<DeviceId> missing = minus(known, seen);
        Set<DeviceId> confirm = new HashSet<>(missing);
        confirm.retainAll(suspects);
        Set<DeviceId> cleared = new HashSet<>(suspects);
        cleared.retainAll(seen);
        return new AbsencePlan(minus(missing, suspects), confirm, cleared);
    }

    /** The most removals that one scan may make by itself: 50, or 5 % of the devices where that is more. */
    static int limit(int known) {
        return Math.max(ALWAYS_BELIEVED, known / ONE_IN);
    }

    /** True when what would be removed is more than is believed, beyond what an operator has released. */
    boolean exceeds(int known, Set<DeviceId> released) {
        return minus(confirm, released).size() > limit(known);
    }

    private static Set<DeviceId> minus(Set<DeviceId> all, Set<DeviceId> without) {
        Set<DeviceId> rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
