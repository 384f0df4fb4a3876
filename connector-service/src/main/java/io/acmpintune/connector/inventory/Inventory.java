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

/** The devices and scans of a connector, for other features. */
@Component
public class Inventory {

    private static final Logger log = LoggerFactory.getLogger(Inventory.class);
    private static final int MAX_SCANS = 100;
    private static final int MAX_QUARANTINED = 1_000;

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

    /** Returns the effective and the configured scan intervals. */
    public ScannerSettings scanner(Connector connector) {
        ScanIntervals configured = connector.scanner().intervals();
        return new ScannerSettings(scans.intervals(connector.name(), configured), configured);
    }

    /** Sets the scan intervals; null resets to the configuration. Takes effect immediately. */
    public ScannerSettings changeScanner(Connector connector, @Nullable Duration incremental, @Nullable Duration full) {
        scans.setIntervals(connector.name(), incremental, full);
        lanes.wake(InventoryConfiguration.SCAN, connector.name());
        ScannerSettings settings = scanner(connector);
        log.info("Changed scan intervals (connector={}, incremental={}, full={})", connector,
                settings.effective().incrementalInterval(), settings.effective().fullInterval());
        return settings;
    }

    /** Returns the latest scans, the latest first. */
    public List<ConnectorStatus.Scan> scans(Connector connector) {
        return scans.newest(connector.name(), MAX_SCANS);
    }

    /** Starts a full scan; a running scan continues. */
    public void scanNow(Connector connector) {
        scans.requestFullScan(connector.name());
        lanes.wake(InventoryConfiguration.SCAN, connector.name());
    }

    public List<QuarantinedDevice> quarantine(Connector connector) {
        return devices.quarantine(connector.name(), MAX_QUARANTINED);
    }

    public List<RemovalHold> removalHolds(Connector connector) {
        return absences.holds(connector.name());
    }

    /**
     * Decides a removal hold, and starts the scan that acts on it.
     *
     * @return empty if there is no undecided hold with this id
     */
    public Optional<RemovalHold> decide(Connector connector, long id, RemovalHold.Decision decision) {
        RemovalHold.State state = decision.release() ? RemovalHold.State.RELEASED : RemovalHold.State.REJECTED;
        Optional<RemovalHold> decided = absences.decide(connector.name(), id, state, decision.decidedBy(),
                clock.instant());
        decided.ifPresent(hold -> {
            log.info("Removal hold decided (connector={}, hold={}, released={}, devices={}, by={})", connector,
                    hold.id(), decision.release(), hold.devices().size(), hold.decidedBy());
            if (!decision.release()) {
                absences.clear(connector.name(), hold.devices());
            }
            scanNow(connector);
        });
        return decided;
    }

    /** Returns a device as of the last scan; empty if it is not in Intune. */
    public Optional<Device> find(Connector connector, DeviceId device) {
        return devices.find(connector.name(), device);
    }

    /** Returns the changes after a revision; empty = none. */
    public Optional<DeviceChanges> changes(Connector connector, long after, int limit) {
        DeviceRepository.Feed feed = devices.feed(connector.name());
        List<DeviceChange> changes = devices.changes(connector.name(), after, limit);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        long next = changes.getLast().revision();
        return Optional.of(new DeviceChanges(feed.id(), connector.tenantId(), next, next < feed.revision(), changes));
    }

    /** Returns an answer without changes. */
    public DeviceChanges unchanged(Connector connector, long after) {
        DeviceRepository.Feed feed = devices.feed(connector.name());
        return new DeviceChanges(feed.id(), connector.tenantId(), Math.min(after, feed.revision()), false, List.of());
    }
}
