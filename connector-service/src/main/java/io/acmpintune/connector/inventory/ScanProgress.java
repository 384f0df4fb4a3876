package io.acmpintune.connector.inventory;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/** Progress of one scan: stored devices, listed devices and counts. */
final class ScanProgress {

    /** Pages without a new device are normal, because renamed devices are listed twice and pages may be empty, but not this many in a row. */
    private static final int MAX_PAGES_WITHOUT_NEW_DEVICES = 100;

    private final Map<DeviceId, Fingerprint> known;
    private final Set<String> quarantined;
    private final Set<DeviceId> seen = new HashSet<>();
    private final Set<DeviceId> excluded = new HashSet<>();
    private ScanCounts count = ScanCounts.NONE;
    private int pagesWithoutNewDevices;
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

    /** Returns devices whose last row does not match the filter. */
    Set<DeviceId> excluded() {
        return excluded;
    }

    ScanCounts count() {
        return count;
    }

    @Nullable
    Instant newestCheckIn() {
        return newestCheckIn;
    }

    /** Sets the number of requests, including failed ones. */
    void setCalls(int calls) {
        count = count.withCalls(calls);
    }

    /** Returns whether the list repeats the same devices behind ever-changing links. */
    boolean isEndless() {
        return pagesWithoutNewDevices >= MAX_PAGES_WITHOUT_NEW_DEVICES;
    }

    /** Returns the keys of quarantined rows that are valid on this page. */
    List<String> recovered(PageContent page) {
        return Stream.concat(page.matching().stream().map(ObservedDevice::id), page.excluded().stream())
                .map(DeviceId::value)
                .filter(quarantined::contains)
                .toList();
    }

    /** Records a stored page. A malformed row of a known device also counts as listed. */
    void recordPage(PagePlan plan, PageContent page, ScanCounts now) {
        int seenBefore = seen.size();
        plan.write().forEach(device -> known.put(device.id(), device.fingerprint()));
        page.matching().forEach(device -> {
            seen.add(device.id());
            excluded.remove(device.id());
        });
        seen.addAll(page.excluded());
        excluded.addAll(page.excluded());
        page.malformed()
                .forEach(row -> known.keySet()
                        .stream()
                        .filter(id -> id.value().equals(row.id()))
                        .forEach(seen::add));
        pagesWithoutNewDevices = seen.size() > seenBefore ? 0 : pagesWithoutNewDevices + 1;
        Instant at = page.newestCheckIn();
        if (at != null && (newestCheckIn == null || at.isAfter(newestCheckIn))) {
            newestCheckIn = at;
        }
        count = now;
    }
}
