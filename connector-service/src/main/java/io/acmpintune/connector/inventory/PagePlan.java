package io.acmpintune.connector.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.acmpintune.model.device.DeviceId;

/**
 * The changes of one page to the stored devices.
 *
 * @param write new and changed devices, each once
 */
record PagePlan(List<ObservedDevice> write, int added, int changed, int unchanged) {

    /**
     * Compares a page with the stored devices. Intune pages by name, so a device that is renamed during a scan may be listed twice;
     * its last row counts.
     */
    static PagePlan of(List<ObservedDevice> page, Map<DeviceId, Fingerprint> known) {
        Map<DeviceId, ObservedDevice> newest = new LinkedHashMap<>();
        page.forEach(device -> newest.put(device.id(), device));
        List<ObservedDevice> write = new ArrayList<>();
        int added = 0;
        for (ObservedDevice device : newest.values()) {
            Fingerprint previous = known.get(device.id());
            if (previous == null) {
                added++;
                write.add(device);
            } else if (!previous.equals(device.fingerprint())) {
                write.add(device);
            }
        }
        return new PagePlan(List.copyOf(write), added, write.size() - added, newest.size() - write.size());
    }
}
