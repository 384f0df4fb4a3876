package io.acmpintune.connector.inventory;

import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.device.DeviceId;

/** What other features may ask about the devices of a connector. */
@Component
public class Inventory {

    private final DeviceRepository devices;
    private final ScanRepository scans;

    Inventory(DeviceRepository devices, ScanRepository scans) {
        this.devices = devices;
        this.scans = scans;
    }

    public ConnectorStatus status(Connector connector) {
        return new ConnectorStatus(connector.name(), connector.tenantId(), devices.count(connector.name()),
                scans.newest(connector.name()).orElse(null));
    }

    /** True when the device is in Intune as far as is known. */
    public boolean has(Connector connector, DeviceId device) {
        return devices.isPresent(connector.name(), device);
    }

    /** The feed behind a revision; empty when there is nothing new. */
    public Optional<DeviceChanges> changes(Connector connector, long after, int limit) {
        DeviceRepository.Feed feed = devices.feed(connector.name());
        List<DeviceChange> changes = devices.changes(connector.name(), after, limit);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        long next = changes.getLast().revision();
        return Optional.of(new DeviceChanges(feed.id(), connector.tenantId(), next, next < feed.revision(), changes));
    }

    /** The answer when there is nothing new. */
    public DeviceChanges unchanged(Connector connector, long after) {
        DeviceRepository.Feed feed = devices.feed(connector.name());
        return new DeviceChanges(feed.id(), connector.tenantId(), Math.min(after, feed.revision()), false, List.of());
    }
}
