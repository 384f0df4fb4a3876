package io.acmpintune.connector.inventory;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/** What one scan keeps in mind: what is known, what it has seen, and what it has counted. */
final class ScanProgress {

    /** Some rows come twice where a device is renamed during a scan, and a page may be empty; not so many pages in a row. */
    private static final int MOST_PAGES_WITHOUT_NEWS = 100;

    private final Map<DeviceId, Fingerprint> known;
    private final Set<String> quarantined;
    private final Set<DeviceId> seen = new HashSet<>();
    private final Set<DeviceId> unwanted = new HashSet<>();
    private ScanCounts count = ScanCounts.NONE;
    private int pagesWithoutNews;
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

    /** Devices whose last row the filter does not admit. */
    Set<DeviceId> unwanted() {
        return unwanted;
    }

    ScanCounts count() {
        return count;
    }

    @Nullable
    Instant newestCheckIn() {
        return newestCheckIn;
    }

    /** How many requests there were, whether or not they came to a page. */
    void called(int calls) {
        count = count.called(calls);
    }

    /** True when the list shows the same devices again and again behind links that all differ. */
    boolean goesInCircles() {
        return pagesWithoutNews >= MOST_PAGES_WITHOUT_NEWS;
    }

    /** The rows of a page that were in quarantine and have come right. */
    List<String> recovered(PageContent page) {
        return Stream.concat(page.admitted().stream().map(ObservedDevice::id), page.unwanted().stream())
                .map(DeviceId::value)
                .filter(quarantined::contains)
                .toList();
    }

    /** A page is stored; a malformed row of a known device is a sight of it all the same. */
    void stored(PagePlan plan, PageContent page, ScanCounts now) {
        int seenBefore = seen.size();
        plan.write().forEach(device -> known.put(device.id(), device.fingerprint()));
        page.admitted().forEach(device -> {
            seen.add(device.id());
            unwanted.remove(device.id());
        });
        seen.addAll(page.unwanted());
        unwanted.addAll(page.unwanted());
        page.malformed()
                .forEach(row -> known.keySet()
                        .stream()
                        .filter(id -> id.value().equals(row.id()))
                        .forEach(seen::add));
        pagesWithoutNews = seen.size() > seenBefore ? 0 : pagesWithoutNews + 1;
        Instant at = page.newestCheckIn();
        if (at != null && (newestCheckIn == null || at.isAfter(newestCheckIn))) {
            newestCheckIn = at;
        }
        count = now;
    }
}
