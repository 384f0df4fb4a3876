package io.acmpintune.connector.inventory;

import java.util.HashSet;
import java.util.Set;

import io.acmpintune.model.device.DeviceId;

/**
 * What a complete scan says about the devices that are known. Intune's list is known to leave devices out, so one miss is only a
 * suspicion; a row that the filter does not admit is none.
 *
 * @param suspect missed for the first time
 * @param confirm missed before, and now again: a single read decides
 * @param cleared suspected before, and seen now
 * @param unwanted seen now, and no longer admitted by the connector's filter
 */
record AbsencePlan(Set<DeviceId> suspect, Set<DeviceId> confirm, Set<DeviceId> cleared, Set<DeviceId> unwanted) {

    private static final int ALWAYS_BELIEVED = 50;
    private static final int ONE_IN = 20;

    AbsencePlan {
        suspect = Set.copyOf(suspect);
        confirm = Set.copyOf(confirm);
        cleared = Set.copyOf(cleared);
        unwanted = Set.copyOf(unwanted);
    }

    /**
     * @param seen devices of which the scan saw a row, admitted or not
     * @param notAdmitted those of them that the filter does not admit, known or not
     */
    static AbsencePlan of(Set<DeviceId> known, Set<DeviceId> suspects, Set<DeviceId> seen, Set<DeviceId> notAdmitted) {
        // an empty list is never believed: nobody's tenant empties between two scans
        if (seen.isEmpty()) {
            return new AbsencePlan(Set.of(), Set.of(), Set.of(), Set.of());
        }
        Set<DeviceId> missing = minus(known, seen);
        return new AbsencePlan(minus(missing, suspects), both(missing, suspects), both(suspects, seen),
                both(notAdmitted, known));
    }

    /** The most removals that one scan may make by itself: 50, or 5 % of the devices where that is more. */
    static int limit(int known) {
        return Math.max(ALWAYS_BELIEVED, known / ONE_IN);
    }

    /** What would leave the feed. */
    Set<DeviceId> leaving() {
        Set<DeviceId> leaving = new HashSet<>(confirm);
        leaving.addAll(unwanted);
        return leaving;
    }

    /** True when what would be removed is more than is believed, beyond what an operator has released. */
    boolean exceeds(int known, Set<DeviceId> released) {
        return minus(leaving(), released).size() > limit(known);
    }

    private static Set<DeviceId> both(Set<DeviceId> one, Set<DeviceId> other) {
        Set<DeviceId> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static Set<DeviceId> minus(Set<DeviceId> all, Set<DeviceId> without) {
        Set<DeviceId> rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
