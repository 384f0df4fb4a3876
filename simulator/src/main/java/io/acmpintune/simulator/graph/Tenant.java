package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The managed devices of the simulated tenant, for Graph to serve and for a test to look at and to change. It is long
 * because tests look for everything about the tenant here; each thing is done by a class of its own.
 */
public final class Tenant {

    private static final Set<String> FAILURES = Set.of("failed", "notSupported", "canceled");

    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Position, Device> list = new ConcurrentSkipListMap<>();
    private final CheckIns checkIns;
    private final InstantSource clock;
    private final Executions executions = new Executions();
    private final Approvals approvals;
    private final ListQuirks lists = new ListQuirks();
    private final DailyLimits dailyLimits = new DailyLimits();

    /**
     * A generated tenant.
     *
     * @param size     number of devices; the first six are the observed ones
     * @param seed     the same seed and size make the same devices
     * @param shortest how long a device takes at least to answer a command, and at most {@code longest}
     */
    public Tenant(int size, long seed, Duration shortest, Duration longest, InstantSource clock) {
        this.clock = clock;
        this.approvals = new Approvals(clock);
        this.checkIns = new CheckIns(shortest, longest, seed);
        new DeviceGenerator(seed).devices(size).forEach(this::insert);
    }

    public int size() {
        settle();
        return devices.size();
    }

    /** The ids of all devices, in the order in which Graph lists them. */
    public List<String> ids() {
        settle();
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
     * @throws IllegalArgumentException if there is no such device or property, or the id is among the properties
     */
    public void change(String id, ObjectNode values) {
        Row row = Row.of(values);
        Device device = known(id);
        if (row.has(Column.ID)) {
            throw new IllegalArgumentException("the id of device " + id + " cannot be changed");
        }
        Position before = device.position();
        device.change(row);
        list.remove(before);
        list.put(device.position(), device);
    }

    /** Takes a device out of Intune; true if it was there. */
    public boolean remove(String id) {
        Optional<Device> device = find(id);
        device.ifPresent(this::left);
        return device.isPresent();
    }

    /** How many syncDevice commands were accepted for the device. */
    public int syncCommands(String id) {
        return executions.of(Action.SYNC_DEVICE, id);
    }

    /** How many syncDevice commands were accepted in all. */
    public long syncCommands() {
        return executions.total(Action.SYNC_DEVICE);
    }

    /** The actions that devices can be ordered here, by Graph's names. */
    public List<String> actions() {
        return Arrays.stream(Action.values()).map(Action::segment).toList();
    }

    /**
     * How often Intune has accepted and carried out an action, by device id; what it refused does not count, nor does
     * what waits for an approval. Devices that have left Intune since are still in it.
     *
     * @param action Graph's name of it, such as {@code wipe}
     * @throws IllegalArgumentException if there is no such action
     */
    public Map<String, Integer> executions(String action) {
        return executions.byDevice(Action.named(action));
    }

    /** The sum of {@link #executions(String)}. */
    public long totalExecutions(String action) {
        return executions.total(Action.named(action));
    }

    /** The sum over all actions. */
    public long totalExecutions() {
        return Arrays.stream(Action.values()).mapToLong(executions::total).sum();
    }

    /** When Intune carried out an action last, whichever; empty before the first. */
    public Optional<Instant> lastExecution() {
        return executions.last();
    }

    /** The body of the latest request of this kind that was carried out on the device; empty before the first. */
    public Optional<ObjectNode> lastParameters(String action, String device) {
        return executions.lastParameters(Action.named(action), device);
    }

    /** The custom notifications that were accepted, oldest first. */
    public List<Notification> notifications() {
        return executions.notifications();
    }

    /**
     * The next command of this kind for the device will end so, instead of {@code done}, when the device checks in.
     *
     * @param outcome an {@code actionState} of Graph's: {@code failed}, {@code notSupported} or {@code canceled}
     * @throws IllegalArgumentException if there is no such action, device or outcome
     */
    public void failNext(String action, String device, String outcome) {
        if (!FAILURES.contains(outcome)) {
            throw new IllegalArgumentException("a command ends as one of " + FAILURES + ", not '" + outcome + "'");
        }
        known(device).failNext(Action.named(action), outcome);
    }

    /**
     * Makes a device never answer a command again.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    public void silence(String device) {
        known(device).silence(true);
    }

    /** Where a test orders the list of devices to misbehave. */
    public ListQuirks lists() {
        return lists;
    }

    /**
     * Multi Admin Approval: from now on these actions and no others need an administrator's approval, as an access
     * policy for device actions makes wipe and retire do.
     *
     * @param actions Graph's names of them; none switches the protection off
     * @throws IllegalArgumentException if there is no such action
     */
    public void protect(Set<String> actions, ApprovalStyle style) {
        approvals.protect(actions.stream().map(Action::named).toList(), style);
    }

    /** The requests for approval that were filed, as they stand now, oldest first. */
    public List<Approval> approvals() {
        return approvals.all();
    }

    /**
     * What another administrator does in the administrators' centre.
     *
     * @throws IllegalArgumentException if there is no such request, or it is not open any more
     */
    public void approve(String code) {
        approvals.decide(code, Approval.Status.APPROVED);
    }

    /** As {@link #approve}. */
    public void reject(String code) {
        approvals.decide(code, Approval.Status.REJECTED);
    }

    /** As {@link #approve}. */
    public void cancel(String code) {
        approvals.decide(code, Approval.Status.CANCELLED);
    }

    /**
     * How many of an action the tenant may have within 24 hours; 500 of wipe and 1,000 of retire unless changed.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    public void limitDaily(String action, int most) {
        dailyLimits.set(Action.named(action), most);
    }

    boolean dailyLimitReached(Action action) {
        return dailyLimits.reached(action, clock.instant());
    }

    Approvals approvalRequests() {
        return approvals;
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
    void execute(ActionRequest order) {
        Instant now = clock.instant();
        Device device = order.device();
        executions.record(order.action(), device.id(), order.parameters(), now);
        dailyLimits.count(order.action(), now);
        if (order.action() != Action.NOTIFY) {
            device.commanded(order.action(), order.parameters(), now);
            if (!device.silent()) {
                checkIns.order(device, now);
            }
        }
    }

    long notificationsSent(Device device, Duration before) {
        return executions.notifications(device.id(), before, clock.instant());
    }

    private void settle() {
        checkIns.settle(clock.instant(), this::left);
    }

    private void left(Device device) {
        // Another one may have been enrolled under this id since.
        if (devices.remove(device.id(), device)) {
            list.remove(device.position());
        }
    }

    private Device known(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("there is no device " + id));
    }

    private void insert(Device device) {
        devices.put(device.id(), device);
        list.put(device.position(), device);
    }

    private Optional<ObjectNode> read(String id, Selection selection) {
        return find(id).map(device -> device.json(selection, true));
    }
}
