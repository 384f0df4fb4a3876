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
 * The rows of one page, told apart. Graph ignores a filter that it does not support, or any, without a word: each row is checked
 * here, whatever was asked for.
 *
 * @param admitted devices that the connector is about
 * @param unwanted devices whose last row on the page the filter does not admit
 * @param malformed rows that are no devices as we know them
 * @param filtered rows that the filter does not admit
 * @param newestCheckIn of any row, up to now; one in the future is a device's or Intune's mistake, and would blind every
 *            incremental scan
 */
record PageContent(List<ObservedDevice> admitted, Set<DeviceId> unwanted, List<DeviceRow.Malformed> malformed,
        int filtered, @Nullable Instant newestCheckIn) {

    static PageContent of(List<DeviceRow> rows, DeviceFilter filter, ObjectWriter bodies, Instant now) {
        List<ObservedDevice> admitted = new ArrayList<>(rows.size());
        Set<DeviceId> unwanted = new HashSet<>();
        List<DeviceRow.Malformed> malformed = new ArrayList<>();
        int filtered = 0;
        Instant newest = null;
        for (DeviceRow row : rows) {
            switch (row) {
                case DeviceRow.Parsed(var device) -> {
                    if (filter.matches(device)) {
                        admitted.add(ObservedDevice.of(device, bodies));
                        unwanted.remove(device.id());
                    } else {
                        filtered++;
                        unwanted.add(device.id());
                    }
                    Instant at = device.lastSyncDateTime();
                    if (at != null && !at.isAfter(now) && (newest == null || at.isAfter(newest))) {
                        newest = at;
                    }
                }
                case DeviceRow.Malformed bad -> malformed.add(bad);
            }
        }
        return new PageContent(List.copyOf(admitted), Set.copyOf(unwanted), List.copyOf(malformed), filtered, newest);
    }

    int size() {
        return admitted.size() + filtered + malformed.size();
    }
}
