package io.acmpintune.engine.matching;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * An in-memory index of the known devices and clients of a workflow, as far as matching needs them. Traits match within one
 * Entra tenant only.
 */
public final class DeviceIndex {

    /** A property by which devices of a tenant are recognized. */
    private record Trait(MatchingRule rule, UUID tenant, Object value) {}

    private record Kind(UUID tenant, String key) {}

    private final Map<DeviceId, KnownDevice> devices = new HashMap<>();
    private final Map<UUID, DeviceId> holders = new HashMap<>();
    private final Map<Trait, SequencedSet<DeviceId>> linked = new HashMap<>();
    private final Map<Kind, SequencedSet<DeviceId>> linkedOfSameKind = new HashMap<>();
    private final Map<UUID, SequencedSet<DeviceId>> unlinked = new HashMap<>();
    private final Map<DeviceId, Set<UUID>> createdFor = new HashMap<>();
    private final Map<DeviceId, DeviceDecision> decisions = new HashMap<>();

    /**
     * Adds or replaces a device.
     *
     * @throws IllegalStateException if another device has its client
     */
    public void put(KnownDevice device) {
        UUID client = device.client();
        DeviceId holder = client == null ? null : holders.get(client);
        if (holder != null && !holder.equals(device.device())) {
            throw new IllegalStateException(
                    "%s and %s would both be client %s".formatted(holder, device.device(), client));
        }
        KnownDevice before = devices.put(device.device(), device);
        if (before != null) {
            eachIndex(before, known -> known.remove(before.device()));
            if (before.client() != null) {
                holders.remove(before.client());
            }
        }
        eachIndex(device, known -> known.add(device.device()));
        if (client != null) {
            holders.put(client, device.device());
        }
    }

    /** Adds a client with the device that it was created for. */
    public void putCreatedClient(UUID client, DeviceId device) {
        createdFor.computeIfAbsent(device, _ -> new LinkedHashSet<>()).add(client);
    }

    /** Sets an operator's decision about a device; null removes it. */
    public void putDecision(DeviceId device, @Nullable DeviceDecision decision) {
        if (decision == null) {
            decisions.remove(device);
        } else {
            decisions.put(device, decision);
        }
    }

    public Optional<KnownDevice> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    public Collection<KnownDevice> devices() {
        return List.copyOf(devices.values());
    }

    /** Returns the device that is this client. */
    public Optional<KnownDevice> holder(UUID client) {
        return Optional.ofNullable(holders.get(client)).map(devices::get);
    }

    /** Returns unlinked devices that may be this client or were, the last seen first. */
    List<KnownDevice> unlinkedCandidatesFor(UUID client) {
        return unlinked.getOrDefault(client, new LinkedHashSet<>())
                .stream()
                .map(this::known)
                .sorted(DeviceIndex::lastSeenFirst)
                .toList();
    }

    /** Returns the other linked devices that share the trait of a rule. */
    List<KnownDevice> linkedBy(MatchingRule rule, DeviceIdentity identity) {
        UUID tenant = identity.tenant();
        Object value = value(rule, identity);
        return tenant == null || value == null
                ? List.of()
                : others(linked.getOrDefault(new Trait(rule, tenant, value), new LinkedHashSet<>()), identity);
    }

    /** Returns the other linked devices of the same user, manufacturer and model. */
    List<KnownDevice> linkedOfSameKind(DeviceIdentity identity) {
        UUID tenant = identity.tenant();
        String key = identity.kindKey();
        return tenant == null || key == null
                ? List.of()
                : others(linkedOfSameKind.getOrDefault(new Kind(tenant, key), new LinkedHashSet<>()), identity);
    }

    Set<UUID> createdFor(DeviceId device) {
        return createdFor.getOrDefault(device, Set.of());
    }

    Optional<DeviceDecision> decision(DeviceId device) {
        return Optional.ofNullable(decisions.get(device));
    }

    private List<KnownDevice> others(Set<DeviceId> found, DeviceIdentity identity) {
        return found.stream().filter(device -> !device.equals(identity.device())).map(this::known).toList();
    }

    private KnownDevice known(DeviceId id) {
        KnownDevice known = devices.get(id);
        if (known == null) {
            throw new IllegalStateException(id + " is indexed but unknown");
        }
        return known;
    }

    private void eachIndex(KnownDevice device, Consumer<SequencedSet<DeviceId>> change) {
        device.candidates()
                .forEach(client -> change.accept(unlinked.computeIfAbsent(client, _ -> new LinkedHashSet<>())));
        DeviceIdentity identity = device.identity();
        UUID tenant = identity.tenant();
        if (device.client() == null || tenant == null) {
            return;
        }
        for (MatchingRule rule : MatchingRule.values()) {
            Object value = value(rule, identity);
            if (value != null) {
                change.accept(linked.computeIfAbsent(new Trait(rule, tenant, value), _ -> new LinkedHashSet<>()));
            }
        }
        if (identity.kindKey() != null) {
            change.accept(linkedOfSameKind.computeIfAbsent(new Kind(tenant, identity.kindKey()),
                    _ -> new LinkedHashSet<>()));
        }
    }

    private static @Nullable Object value(MatchingRule rule, DeviceIdentity identity) {
        return switch (rule) {
            case OWN_LINK, PIN -> null;
            case ENTRA_DEVICE_ID -> identity.entraId();
            case SERIAL_NUMBER -> identity.serial();
            case NAME_AND_DOMAIN -> identity.nameKey();
        };
    }

    private static int lastSeenFirst(KnownDevice one, KnownDevice other) {
        return one.identity().wasSeenAfter(other.identity())
                ? -1
                : other.identity().wasSeenAfter(one.identity()) ? 1 : one.device().compareTo(other.device());
    }
}
