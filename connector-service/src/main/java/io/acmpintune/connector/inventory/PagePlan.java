package io.acmpintune.connector.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.acmpintune.model.device.DeviceId;

/**
 * What one page changes in what is known.
 *
 * @param write devices that are new or differ, each once
 */
record PagePlan(List<ObservedDevice> write, int added, int changed, int unchanged) {

    /**
     * Compares a page with what is known. Intune pages by name, so a device that is renamed during a scan may come twice: its
     * last row counts, and it counts once.
     */
    static PagePlan of(List<ObservedDevice> page, Map<DeviceId, Fingerprint> known) {
        Map<DeviceId, ObservedDevice> newest = new LinkedHashMap<>();
        page.forEach(device -> newest.put(device.id(), device));
        List<ObservedDevice> write = new ArrayList<>();
        int added = 0;
        for (ObservedDevice device : newest.values()) {
            Fingerprint before = known.get(device.id());
            if (before == null) {
                added++;
                write.add(device);
            } else if (!before.equals(device.fingerprint())) {
                write.add(device);
            }
        }
        return new PagePlan(List.copyOf(write), added, write.size() - added, newest.size() - write.size());
    }
}
