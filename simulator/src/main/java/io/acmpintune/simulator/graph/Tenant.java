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
 * The managed devices of the simulated tenant. Graph serves them; tests inspect and change them. This is the tests'
 * only entry point to the tenant, which explains its length.
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
     * Creates a generated tenant.
     *
     * @param size number of devices; the first six are recorded from real tenants
     * @param seed the same seed and size generate the same devices
     * @param shortest shortest time in which a device responds to a command; {@code longest} is the longest
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

    /** Returns the ids of all devices, in the order in which Graph lists them. */
    public List<String> ids() {
        settle();
        var ids = new ArrayList<String>(devices.size());
        list.keySet().forEach(position -> ids.add(position.id()));
        return ids;
    }

    /** Returns a device as in a single read without {@code $select}. */
    public Optional<ObjectNode> device(String id) {
        return read(id, Selection.everything(ApiVersion.V1));
    }

    /** Returns a device as in a single read that selects every column. */
    public Optional<ObjectNode> details(String id) {
        Selection all = Selection.everything(ApiVersion.V1);
        return read(id, new Selection(all.columns(), all.betaColumns(), true));
    }

    /**
     * Enrols a device.
     *
     * @param device properties of v1.0's managedDevice; {@code id} must be present and unused, others may be missing
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

    /** Removes a device from Intune. Returns false if there is none. */
    public boolean remove(String id) {
        Optional<Device> device = find(id);
        device.ifPresent(this::left);
        return device.isPresent();
    }

    /** Returns how many syncDevice commands were accepted for the device. */
    public int syncCommands(String id) {
        return executions.of(Action.SYNC_DEVICE, id);
    }

    /** Returns the total number of accepted syncDevice commands. */
    public long syncCommands() {
        return executions.total(Action.SYNC_DEVICE);
    }

    /** Returns Graph's names of the supported actions. */
    public List<String> actions() {
        return Arrays.stream(Action.values()).map(Action::segment).toList();
    }

    /**
     * Returns how often Intune has executed an action, by device id. Refused actions and those that wait for approval
     * do not count. Devices that have left Intune are included.
     *
     * @param action Graph's name of the action, such as {@code wipe}
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

    /** Returns when Intune last executed any action; empty before the first. */
    public Optional<Instant> lastExecution() {
        return executions.last();
    }

    /** Returns the body of the latest executed request of this kind for the device; empty before the first. */
    public Optional<ObjectNode> lastParameters(String action, String device) {
        return executions.lastParameters(Action.named(action), device);
    }

    /** Returns the accepted custom notifications, oldest first. */
    public List<Notification> notifications() {
        return executions.notifications();
    }

    /**
     * Makes the device's next command of this kind end with this outcome instead of {@code done} when the device checks
     * in.
     *
     * @param outcome one of Graph's {@code actionState} values: {@code failed}, {@code notSupported} or {@code
     * canceled}
     * @throws IllegalArgumentException if there is no such action, device or outcome
     */
    public void failNext(String action, String device, String outcome) {
        if (!FAILURES.contains(outcome)) {
            throw new IllegalArgumentException("a command ends as one of " + FAILURES + ", not '" + outcome + "'");
        }
        known(device).failNext(Action.named(action), outcome);
    }

    /**
     * Makes a device ignore all further commands.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    public void silence(String device) {
        known(device).silence(true);
    }

    /** Makes the list of devices misbehave. */
    public ListQuirks lists() {
        return lists;
    }

    /**
     * Switches Multi Admin Approval on for exactly these actions, like an access policy for device actions in Intune.
     *
     * @param actions Graph's names of the actions; none switches the protection off
     * @throws IllegalArgumentException if there is no such action
     */
    public void protect(Set<String> actions, ApprovalStyle style) {
        approvals.protect(actions.stream().map(Action::named).toList(), style);
    }

    /** Returns the filed requests for approval in their current state, oldest first. */
    public List<Approval> approvals() {
        return approvals.all();
    }

    /**
     * Decides a request as another administrator does in the admin center.
     *
     * @throws IllegalArgumentException if there is no such request, or it is no longer open
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
     * Limits an action to a number per 24 hours; the defaults are 500 wipes and 1,000 retirements.
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

    /** Returns how many check-ins have followed commands. */
    public long devicesCheckedIn() {
        settle();
        return checkIns.happened();
    }

    /** Returns true if the device never responds to a command, as a small share of every tenant does. */
    public boolean neverChecksIn(String id) {
        return find(id).map(Device::silent).orElse(false);
    }

    Optional<Device> find(String id) {
        settle();
        return Optional.ofNullable(devices.get(id));
    }

    /** Returns up to {@code count} devices that meet the condition, after a position or from the start. */
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

    /** Accepts a command in Intune; the device receives it later. */
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
        // Another device may have been enrolled with this id since.
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
