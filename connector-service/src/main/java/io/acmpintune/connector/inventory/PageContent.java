package io.acmpintune.connector.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.model.device.DeviceId;

/**
 * The rows of one page, classified. Graph may silently ignore a filter, so each row is checked again here.
 *
 * @param matching devices that match the connector's filter
 * @param excluded devices whose last row on the page does not match the filter
 * @param malformed rows that cannot be parsed
 * @param filtered number of rows that do not match the filter
 * @param newestCheckIn newest check-in of any row that is not in the future; a wrong one in the future would make incremental scans
 *            miss changes
 */
record PageContent(List<ObservedDevice> matching, Set<DeviceId> excluded, List<DeviceRow.Malformed> malformed,
        int filtered, @Nullable Instant newestCheckIn) {

    static PageContent of(List<DeviceRow> rows, DeviceFilter filter, ObjectWriter bodies, Instant now) {
        List<ObservedDevice> matching = new ArrayList<>(rows.size());
        Set<DeviceId> excluded = new HashSet<>();
        List<DeviceRow.Malformed> malformed = new ArrayList<>();
        int filtered = 0;
        Instant newest = null;
        for (DeviceRow row : rows) {
            switch (row) {
                case DeviceRow.Parsed(var device) -> {
                    if (filter.matches(device)) {
                        matching.add(ObservedDevice.of(device, bodies));
                        excluded.remove(device.id());
                    } else {
                        filtered++;
                        excluded.add(device.id());
                    }
                    Instant at = device.lastSyncDateTime();
                    if (at != null && !at.isAfter(now) && (newest == null || at.isAfter(newest))) {
                        newest = at;
                    }
                }
                case DeviceRow.Malformed bad -> malformed.add(bad);
            }
        }
        return new PageContent(List.copyOf(matching), Set.copyOf(excluded), List.copyOf(malformed), filtered, newest);
    }

    int size() {
        return matching.size() + filtered + malformed.size();
    }
}
