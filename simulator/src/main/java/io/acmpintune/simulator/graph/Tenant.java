package io.acmpintune.simulator.graph;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/** The managed devices of the simulated tenant, for Graph to serve and for a test to look at and to change. */
public final class Tenant {

    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Position, Device> list = new ConcurrentSkipListMap<>();
    private final CheckIns checkIns;
    private final InstantSource clock;
    private final AtomicLong syncCommands = new AtomicLong();

    /**
     * A generated tenant.
     *
     * @param size     number of devices; the first six are the observed ones
     * @param seed     the same seed and size make the same devices
     * @param shortest how long a device takes at least to answer a command, and at most {@code longest}
     */
    public Tenant(int size, long seed, Duration shortest, Duration longest, InstantSource clock) {
        this.clock = clock;
        this.checkIns = new CheckIns(shortest, longest, seed);
        new DeviceGenerator(seed).devices(size).forEach(this::insert);
    }

    public int size() {
        return devices.size();
    }

    /** The ids of all devices, in the order in which Graph lists them. */
    public List<String> ids() {
        var ids = new ArrayList<String>(devices.size());
        list.keySet().forEach(position -> ids.add(position.id()));
        return ids;
    }

    /** A device as a single read without {@code $select} serves it. */
    public Optional<ObjectNode> device(String id) {
        return read(id, Selection.everything(ApiVersion.V1));
    }

    /** A device as a single read that selects every column serves it. */
    public Optional<ObjectNode> details(String id) {
        Selection all = Selection.everything(ApiVersion.V1);
        return read(id, new Selection(all.columns(), all.betaColumns(), true));
    }

    /**
     * Enrols a device.
     *
     * @param device properties of v1.0's managedDevice; {@code id} must be there and unused, others may be missing
     * @throws IllegalArgumentException if it has no id, a known id, or a property that v1.0 does not have
     */
    public void add(ObjectNode device) {
        Row row = Row.of(device);
        String id = row.text(Column.ID);
        if (id.isEmpty() || devices.containsKey(id)) {
            throw new IllegalArgumentException("a new device needs an id that is not in use, not '" + id + "'");
        }
        insert(Device.of(row));
    }

    /**
     * Changes properties of a device, its name included.
     *
     * @throws IllegalArgumentException if there is no such device or property
     */
    public void change(String id, ObjectNode values) {
        Row row = Row.of(values);
        Device device = devices.get(id);
        if (device == null || row.has(Column.ID)) {
            throw new IllegalArgumentException("there is no device " + id + ", or its id was to be changed");
        }
        Position before = device.position();
        device.change(row);
        list.remove(before);
        list.put(device.position(), device);
    }

    /** Takes a device out of Intune; true if it was there. */
    public boolean remove(String id) {
        Device device = devices.remove(id);
        if (device == null) {
            return false;
        }
        list.remove(device.position());
        return true;
    }

    /** How many syncDevice commands the device has received. */
    public int syncCommands(String id) {
        return find(id).flatMap(Device::sync).map(SyncCommand::received).orElse(0);
    }

    /** How many syncDevice commands were accepted in all. */
    public long syncCommands() {
        return syncCommands.get();
    }

    /** How many check-ins have followed commands. */
    public long devicesCheckedIn() {
        settle();
        return checkIns.happened();
    }

    /** True if the device never answers a command; a small share of every tenant does not. */
    public boolean neverChecksIn(String id) {
        return find(id).map(Device::silent).orElse(false);
    }

    Optional<Device> find(String id) {
        settle();
        return Optional.ofNullable(devices.get(id));
    }

    /** Up to {@code count} devices that meet the condition, from after a place on or from the start. */
    List<Device> page(@Nullable Position after, int count, Predicate<Device> condition) {
        settle();
        var page = new ArrayList<Device>(Math.min(count, 1024));
        for (Device device : (after == null ? list : list.tailMap(after, false)).values()) {
            if (page.size() == count) {
                break;
            }
            if (condition.test(device)) {
                page.add(device);
            }
        }
        return page;
    }

    /** Intune has accepted the command; the device hears of it later. */
    void sync(Device device) {
        Instant now = clock.instant();
        device.commanded(now);
        syncCommands.incrementAndGet();
        if (!device.silent()) {
            checkIns.order(device, now);
        }
    }

    private void settle() {
        checkIns.settle(clock.instant());
    }

    private void insert(Device device) {
        devices.put(device.id(), device);
        list.put(device.position(), device);
    }

    private Optional<ObjectNode> read(String id, Selection selection) {
        return find(id).map(device -> {
            var text = new StringWriter();
            try (var json = Json.MAPPER.createGenerator(text)) {
                json.writeStartObject();
                device.write(json, selection, true);
                json.writeEndObject();
            }
            return (ObjectNode) Json.MAPPER.readTree(text.toString());
        });
    }
}
