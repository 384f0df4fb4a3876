package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.QuarantinedDevice;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.ScannerSettings;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.Lanes;

/** What other features may ask about the devices of a connector. */
@Component
public class Inventory {

    private static final Logger log = LoggerFactory.getLogger(Inventory.class);
    private static final int MOST_SCANS = 100;
    private static final int MOST_QUARANTINED = 1_000;

    private final DeviceRepository devices;
    private final ScanRepository scans;
    private final AbsenceRepository absences;
    private final Lanes lanes;
    private final InstantSource clock;

    Inventory(DeviceRepository devices, ScanRepository scans, AbsenceRepository absences, Lanes lanes,
            InstantSource clock) {
        this.devices = devices;
        this.scans = scans;
        this.absences = absences;
        this.lanes = lanes;
        this.clock = clock;
    }

    public ConnectorStatus status(Connector connector) {
        return new ConnectorStatus(connector.name(), connector.tenantId(), devices.count(connector.name()),
                scanner(connector), newest(connector));
    }

    private ConnectorStatus.@Nullable Scan newest(Connector connector) {
        List<ConnectorStatus.Scan> scan = scans.newest(connector.name(), 1);
        return scan.isEmpty() ? null : scan.getFirst();
    }

    /** How often the connector scans, and what the configuration says about it. */
    public ScannerSettings scanner(Connector connector) {
        ScanIntervals configured = connector.scanner().intervals();
        return new ScannerSettings(scans.intervals(connector.name(), configured), configured);
    }

    /** Sets how often the connector scans; null goes back to the configuration. The lane looks at once whether one is due. */
    public ScannerSettings changeScanner(Connector connector, @Nullable Duration incremental, @Nullable Duration full) {
        scans.setIntervals(connector.name(), incremental, full);
        lanes.wake(InventoryConfiguration.SCAN, connector.name());
        ScannerSettings settings = scanner(connector);
        log.info("{} scans incrementally every {} and in full every {} from now on", connector,
                settings.effective().incrementalInterval(), settings.effective().fullInterval());
        return settings;
    }

    /** The newest scans, the newest first. */
    public List<ConnectorStatus.Scan> scans(Connector connector) {
        return scans.newest(connector.name(), MOST_SCANS);
    }

    /** Has a full scan start now; one that runs goes on. */
    public void scanNow(Connector connector) {
        scans.wantFull(connector.name());
        lanes.wake(InventoryConfiguration.SCAN, connector.name());
    }

    public List<QuarantinedDevice> quarantine(Connector connector) {
        return devices.quarantine(connector.name(), MOST_QUARANTINED);
    }

    public List<RemovalHold> removalHolds(Connector connector) {
        return absences.holds(connector.name());
    }

    /**
     * Decides a hold; the scan that acts on it starts at once.
     *
     * @return empty when there is none of that id that waits for a decision
     */
    public Optional<RemovalHold> decide(Connector connector, long id, RemovalHold.Decision decision) {
        RemovalHold.State state = decision.release() ? RemovalHold.State.RELEASED : RemovalHold.State.REJECTED;
        Optional<RemovalHold> decided = absences.decide(connector.name(), id, state, decision.decidedBy(),
                clock.instant());
        decided.ifPresent(hold -> {
            log.info("{}: {} {} the removal of {} devices", connector, hold.decidedBy(),
                    decision.release() ? "releases" : "rejects", hold.devices().size());
            if (!decision.release()) {
                absences.clear(connector.name(), hold.devices());
            }
            scanNow(connector);
        });
        return decided;
    }

    /** A device as it was last seen; empty when it is not in Intune, as far as is known. */
    public Optional<Device> find(Connector connector, DeviceId device) {
        return devices.find(connector.name(), device);
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
