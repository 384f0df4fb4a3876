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
 * Makes clients of devices: which client each one is, and what ACMP should know of it. It reads, decides and writes in the
 * transaction of its caller, alone in the workflow, because an operator's decision must not cross a page of the feed.
 */
@Component
class DeviceImporter {

    private final DeviceIndexLoader registries;
    private final DeviceRepository devices;
    private final ClientRepository clients;
    private final InstantSource clock;

    DeviceImporter(DeviceIndexLoader registries, DeviceRepository devices, ClientRepository clients,
            InstantSource clock) {
        this.registries = registries;
        this.devices = devices;
        this.clients = clients;
        this.clock = clock;
    }

    /** Takes over what a page of the feed tells. */
    void take(WorkflowInventory inventory, DeviceChanges page) {
        devices.lockForMatching(inventory.name());
        Set<DeviceId> gone = new LinkedHashSet<>();
        Map<DeviceId, ReportedDevice> told = new LinkedHashMap<>();
        for (DeviceChange change : page.changes()) {
            switch (change) {
                case DeviceChange.Present(_, var device, var details) ->
                    told.put(device.id(), new ReportedDevice(device, details));
                case DeviceChange.Removed(_, var id) -> gone.add(id);
            }
        }
        told.putAll(devices.sources(inventory.name(), gone));
        if (told.isEmpty()) {
            return;
        }
        Map<DeviceId, DeviceIdentity> identities = new LinkedHashMap<>();
        told.forEach((id, device) -> identities.put(id, DeviceIdentity.of(page.tenantId(), device.device())));
        DeviceIndex registry = registries.read(inventory.name(), identities.values(), gone, inventory.rules());
        Instant now = clock.instant();
        Work work = new Work(inventory, registry, now);
        page.changes().forEach(change -> {
            DeviceIdentity identity = identities.get(change.deviceId());
            if (identity != null && gone.contains(identity.device())) {
                work.identification.gone(identity, now);
            } else if (identity != null) {
                work.identification.present(identity);
            }
        });
        work.write(told);
    }

    boolean knowsClient(String workflow, UUID client) {
        return clients.exists(workflow, client);
    }

    /** A device that was told since this version began; from here on the caller's transaction decides alone. */
    Optional<KnownDevice> alone(WorkflowInventory inventory, DeviceId device) {
        devices.lockForMatching(inventory.name());
        return devices.find(inventory.name(), device).filter(known -> known.identity().tenant() != null);
    }

    /** Decides about a device anew, as an operator's word was given or withdrawn; the device as it is then. */
    KnownDevice decideAgain(WorkflowInventory inventory, KnownDevice device) {
        DeviceIndex registry = registries.readAfresh(inventory.name(), device.identity(), inventory.rules());
        Work work = new Work(inventory, registry, clock.instant());
        work.identification.decideAgain(device);
        work.write(Map.of());
        return registry.device(device.device()).orElseThrow();
    }

    /** The decisions of one transaction, and what they change in the tables. */
    private final class Work {

        private final WorkflowInventory inventory;
        private final Instant now;
        private final Map<DeviceId, KnownDevice> before = new HashMap<>();
        private final DeviceIndex registry;
        private final MatchingSession identification;

        Work(WorkflowInventory inventory, DeviceIndex registry, Instant now) {
            this.inventory = inventory;
            this.now = now;
            this.registry = registry;
            registry.devices().forEach(device -> before.put(device.device(), device));
            this.identification = new MatchingSession(registry, inventory.rules());
        }

        void write(Map<DeviceId, ReportedDevice> told) {
            List<KnownDevice> changed = List.copyOf(identification.changed());
            String workflow = inventory.name();
            devices.release(workflow, changed.stream().filter(this::lostItsClient).map(KnownDevice::device).toList(),
                    now);
            devices.store(workflow, told.entrySet()
                    .stream()
                    .map(entry -> new DeviceRepository.Told(registry.device(entry.getKey()).orElseThrow(),
                            entry.getValue()))
                    .toList(), now);
            List<KnownDevice> others = changed.stream().filter(device -> !told.containsKey(device.device())).toList();
            devices.storeDecisions(workflow, others, now);
            devices.begin(workflow, changed.stream().filter(this::gotItsClient).toList(), now);
            clients.store(workflow, desired(told, others), now);
        }

        private boolean lostItsClient(KnownDevice device) {
            KnownDevice was = before.get(device.device());
            return was != null && was.client() != null && !was.client().equals(device.client());
        }

        private boolean gotItsClient(KnownDevice device) {
            KnownDevice was = before.get(device.device());
            return device.client() != null && (was == null || !device.client().equals(was.client()));
        }

        private List<DesiredClient> desired(Map<DeviceId, ReportedDevice> told, List<KnownDevice> others) {
            Map<UUID, DeviceId> left = clients.lastDevices(inventory.name(), identification.left());
            Set<DeviceId> untold = others.stream()
                    .filter(device -> device.client() != null)
                    .map(KnownDevice::device)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            untold.addAll(left.values());
            Map<DeviceId, ReportedDevice> sources = new HashMap<>(devices.sources(inventory.name(), untold));
            sources.putAll(told);
            List<DesiredClient> desired = new ArrayList<>();
            Set<DeviceId> linked = new LinkedHashSet<>(told.keySet());
            others.forEach(device -> linked.add(device.device()));
            for (DeviceId id : linked) {
                KnownDevice device = registry.device(id).orElseThrow();
                if (device.client() != null) {
                    desired.add(desired(sources.get(id), device.client(), device.removedAt() != null));
                }
            }
            left.forEach((client, device) -> desired.add(desired(sources.get(device), client, true)));
            return desired;
        }

        private DesiredClient desired(@Nullable ReportedDevice source, UUID client, boolean removed) {
            ReportedDevice told = Objects.requireNonNull(source, "every device has a source");
            Device device = told.device();
            return new DesiredClient(device.id(), client,
                    inventory.mapping().map(device, told.details(), client, removed), device, removed);
        }
    }
}
