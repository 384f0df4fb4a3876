package io.acmpintune.connector.inventory;

import java.util.HashSet;
import java.util.Set;

import io.acmpintune.model.device.DeviceId;

/**
 * What a full scan concludes about known devices. Intune's list sometimes omits devices, so a device that is missing once is only
 * suspected.
 *
 * @param suspect missing for the first time
 * @param confirm missing again: a single read decides
 * @param cleared suspected before, but listed now
 * @param excluded listed, but no longer matching the connector's filter
 */
record AbsencePlan(Set<DeviceId> suspect, Set<DeviceId> confirm, Set<DeviceId> cleared, Set<DeviceId> excluded) {

    private static final int ALWAYS_ALLOWED = 50;
    private static final int ALLOWED_SHARE = 20;

    AbsencePlan {
        suspect = Set.copyOf(suspect);
        confirm = Set.copyOf(confirm);
        cleared = Set.copyOf(cleared);
        excluded = Set.copyOf(excluded);
    }

    /**
     * @param seen devices that the scan listed, matching or not
     * @param notMatching the listed devices that do not match the filter, known or not
     */
    static AbsencePlan of(Set<DeviceId> known, Set<DeviceId> suspects, Set<DeviceId> seen, Set<DeviceId> notMatching) {
        // an empty list is not plausible: no tenant loses all devices between two scans
        if (seen.isEmpty()) {
            return new AbsencePlan(Set.of(), Set.of(), Set.of(), Set.of());
        }
        Set<DeviceId> missing = difference(known, seen);
        return new AbsencePlan(difference(missing, suspects), intersection(missing, suspects),
                intersection(suspects, seen),
                intersection(notMatching, known));
    }

    /** Returns the number of removals that need no operator: 50, or 5 % of the devices if that is more. */
    static int limit(int known) {
        return Math.max(ALWAYS_ALLOWED, known / ALLOWED_SHARE);
    }

    /** Returns the devices that may be removed. */
    Set<DeviceId> candidates() {
        Set<DeviceId> candidates = new HashSet<>(confirm);
        candidates.addAll(excluded);
        return candidates;
    }

    /** Returns whether an operator must release the removals, not counting those released already. */
    boolean exceeds(int known, Set<DeviceId> released) {
        return difference(candidates(), released).size() > limit(known);
    }

    private static Set<DeviceId> intersection(Set<DeviceId> one, Set<DeviceId> other) {
        Set<DeviceId> intersection = new HashSet<>(one);
        intersection.retainAll(other);
        return intersection;
    }

    private static Set<DeviceId> difference(Set<DeviceId> all, Set<DeviceId> without) {
        Set<DeviceId> rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
