package io.acmpintune.connector.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.model.device.DeviceId;

/** What one scan keeps in mind: what is known, what it has seen, and what it has counted. */
final class ScanProgress {

    private final Map<DeviceId, Fingerprint> known;
    private final Set<String> quarantined;
    private final Set<DeviceId> seen = new HashSet<>();
    private ScanCount count = ScanCount.NONE;
    private @Nullable Instant newestCheckIn;

    ScanProgress(Map<DeviceId, Fingerprint> known, Set<String> quarantined) {
        this.known = known;
        this.quarantined = quarantined;
    }

    Map<DeviceId, Fingerprint> known() {
        return known;
    }

    Set<DeviceId> seen() {
        return seen;
    }

    ScanCount count() {
        return count;
    }

    @Nullable
    Instant newestCheckIn() {
        return newestCheckIn;
    }

    /** Notes a check-in; one in the future is a device's or Intune's mistake, and would blind every incremental scan. */
    void checkedIn(@Nullable Instant at, Instant now) {
        if (at != null && !at.isAfter(now) && (newestCheckIn == null || at.isAfter(newestCheckIn))) {
            newestCheckIn = at;
        }
    }

    /** The rows of a page that were in quarantine and have come right. */
    List<String> recovered(Collection<ObservedDevice> observed) {
        return observed.stream().map(device -> device.id().value()).filter(quarantined::contains).toList();
    }

    /** A page is stored; a malformed row of a known device is a sight of it all the same. */
    void stored(PagePlan plan, Collection<ObservedDevice> observed, List<DeviceRow.Malformed> malformed,
            ScanCount now) {
        plan.write().forEach(device -> known.put(device.id(), device.fingerprint()));
        observed.forEach(device -> seen.add(device.id()));
        malformed.forEach(row -> known.keySet().stream().filter(id -> id.value().equals(row.id())).forEach(seen::add));
        count = now;
    }
}
