package io.acmpintune.engine.inventory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.matching.DeviceIdentity;
import io.acmpintune.engine.matching.DeviceIndex;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.engine.matching.MatchingSession;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.device.DeviceId;

/**
 * Turns devices into clients: decides which client each device is, and which records ACMP should have. Reads, decides and
 * writes in its caller's transaction, alone in the workflow, so that an operator's decision does not cross a page of the feed.
 */
@Component
class DeviceImporter {

    private final DeviceIndexLoader indexes;
    private final DeviceRepository devices;
    private final ClientRepository clients;
    private final InstantSource clock;

    DeviceImporter(DeviceIndexLoader indexes, DeviceRepository devices, ClientRepository clients,
            InstantSource clock) {
        this.indexes = indexes;
        this.devices = devices;
        this.clients = clients;
        this.clock = clock;
    }

    /** Imports a page of the feed. */
    void importPage(WorkflowInventory inventory, DeviceChanges page) {
        devices.lockForMatching(inventory.name());
        Set<DeviceId> gone = new LinkedHashSet<>();
        Map<DeviceId, ReportedDevice> reported = new LinkedHashMap<>();
        for (DeviceChange change : page.changes()) {
            switch (change) {
                case DeviceChange.Present(_, var device, var details) ->
                    reported.put(device.id(), new ReportedDevice(device, details));
                case DeviceChange.Removed(_, var id) -> gone.add(id);
            }
        }
        reported.putAll(devices.sources(inventory.name(), gone));
        if (reported.isEmpty()) {
            return;
        }
        Map<DeviceId, DeviceIdentity> identities = new LinkedHashMap<>();
        reported.forEach((id, device) -> identities.put(id, DeviceIdentity.of(page.tenantId(), device.device())));
        DeviceIndex index = indexes.load(inventory.name(), identities.values(), gone, inventory.rules());
        Instant now = clock.instant();
        Batch batch = new Batch(inventory, index, now);
        page.changes().forEach(change -> {
            DeviceIdentity identity = identities.get(change.deviceId());
            if (identity != null && gone.contains(identity.device())) {
                batch.session.leave(identity, now);
            } else if (identity != null) {
                batch.session.match(identity);
            }
        });
        batch.write(reported);
    }

    boolean clientExists(String workflow, UUID client) {
        return clients.exists(workflow, client);
    }

    /** Locks matching in the workflow until the end of the transaction, and finds a device. */
    Optional<KnownDevice> lockAndFind(WorkflowInventory inventory, DeviceId device) {
        devices.lockForMatching(inventory.name());
        return devices.find(inventory.name(), device).filter(known -> known.identity().tenant() != null);
    }

    /** Matches a device again after an operator decided, or undid a decision; returns the device after it. */
    KnownDevice rematch(WorkflowInventory inventory, KnownDevice device) {
        DeviceIndex index = indexes.loadForRematch(inventory.name(), device.identity(), inventory.rules());
        Batch batch = new Batch(inventory, index, clock.instant());
        batch.session.rematch(device);
        batch.write(Map.of());
        return index.device(device.device()).orElseThrow();
    }

    /** The matches of one transaction, and their changes to the tables. */
    private final class Batch {

        private final WorkflowInventory inventory;
        private final Instant now;
        private final Map<DeviceId, KnownDevice> before = new HashMap<>();
        private final DeviceIndex index;
        private final MatchingSession session;

        Batch(WorkflowInventory inventory, DeviceIndex index, Instant now) {
            this.inventory = inventory;
            this.now = now;
            this.index = index;
            index.devices().forEach(device -> before.put(device.device(), device));
            this.session = new MatchingSession(index, inventory.rules());
        }

        void write(Map<DeviceId, ReportedDevice> reported) {
            List<KnownDevice> changed = List.copyOf(session.changed());
            String workflow = inventory.name();
            devices.release(workflow, changed.stream().filter(this::lostClient).map(KnownDevice::device).toList(),
                    now);
            devices.store(workflow, reported.entrySet()
                    .stream()
                    .map(entry -> new DeviceRepository.MatchedDevice(index.device(entry.getKey()).orElseThrow(),
                            entry.getValue()))
                    .toList(), now);
            List<KnownDevice> others = changed.stream()
                    .filter(device -> !reported.containsKey(device.device()))
                    .toList();
            devices.storeDecisions(workflow, others, now);
            devices.beginLinks(workflow, changed.stream().filter(this::gainedClient).toList(), now);
            clients.store(workflow, desired(reported, others), now);
        }

        private boolean lostClient(KnownDevice device) {
            KnownDevice was = before.get(device.device());
            return was != null && was.client() != null && !was.client().equals(device.client());
        }

        private boolean gainedClient(KnownDevice device) {
            KnownDevice was = before.get(device.device());
            return device.client() != null && (was == null || !device.client().equals(was.client()));
        }

        private List<DesiredClient> desired(Map<DeviceId, ReportedDevice> reported, List<KnownDevice> others) {
            Map<UUID, DeviceId> orphaned = clients.lastDevices(inventory.name(), session.orphaned());
            Set<DeviceId> notReported = others.stream()
                    .filter(device -> device.client() != null)
                    .map(KnownDevice::device)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            notReported.addAll(orphaned.values());
            Map<DeviceId, ReportedDevice> sources = new HashMap<>(devices.sources(inventory.name(), notReported));
            sources.putAll(reported);
            List<DesiredClient> desired = new ArrayList<>();
            Set<DeviceId> linked = new LinkedHashSet<>(reported.keySet());
            others.forEach(device -> linked.add(device.device()));
            for (DeviceId id : linked) {
                KnownDevice device = index.device(id).orElseThrow();
                if (device.client() != null) {
                    desired.add(desired(sources.get(id), device.client(), device.removedAt() != null));
                }
            }
            orphaned.forEach((client, device) -> desired.add(desired(sources.get(device), client, true)));
            return desired;
        }

        private DesiredClient desired(@Nullable ReportedDevice source, UUID client, boolean removed) {
            ReportedDevice reported = Objects.requireNonNull(source, "every device has a source");
            Device device = reported.device();
            return new DesiredClient(device.id(), client,
                    inventory.mapping().map(device, reported.details(), client, removed), device, removed);
        }
    }
}
