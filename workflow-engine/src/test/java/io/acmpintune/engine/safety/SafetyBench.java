package io.acmpintune.engine.safety;

import java.net.URI;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.person.TestPersons;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.database.UrgentDatabase;
import io.acmpintune.runtime.fixture.TestClock;

/** The safety limits of one engine on a real database; a second one on the same database is a second replica. */
public final class SafetyBench {

    public static final String WORKFLOW = TestWorkflows.NAME;
    public static final Identity ADMINISTRATOR = new Identity("user:adam", Set.of(Role.ADMINISTRATOR));
    static final Identity OTHER_ADMINISTRATOR = new Identity("user:abel", Set.of(Role.ADMINISTRATOR));
    public static final Identity APPROVER = new Identity("user:paul", Set.of(Role.APPROVER));
    public static final Identity OPERATOR = new Identity("user:olga", Set.of(Role.OPERATOR));
    private static final SafetySettings.Limits DISRUPTIVE = new SafetySettings.Limits(20, 200, 1_000);
    private static final SafetySettings.SicsThresholds SICS = new SafetySettings.SicsThresholds(5, 1);
    static final SafetySettings SETTINGS = new SafetySettings(Duration.ofHours(24), Duration.ofHours(24), 20, SICS,
            new SafetySettings.Limits(1, 10, 50), new SafetySettings.Limits(10, 10, 50),
            new SafetySettings.Limits(10, 10, 50), DISRUPTIVE, DISRUPTIVE);

    public final SafetyGate gate;
    public final Approvals approvals;
    public final Locks locks;
    public final EmergencyStops stops;
    final StopAudit stopAudit;
    final StopRepository stopRows;
    final EngineDatabase database;
    final TestClock clock;
    final PushRepository pushes;
    final Workflows workflows;
    final CapRepository caps;
    /** By how much the clock of the service's host is ahead of the database's. */
    Duration hostAhead = Duration.ZERO;
    private final long before;

    /** With a connector that cannot be reached. */
    SafetyBench() {
        this(EngineDatabase.empty(), TestClock.fixed(), SETTINGS, 1);
    }

    static SafetyBench with(int connectorPort) {
        return new SafetyBench(EngineDatabase.empty(), TestClock.fixed(), SETTINGS, connectorPort);
    }

    /**
     * Limits all kinds alike, and asks for no confirmation of disruptive ones.
     *
     * @param threshold how many devices an identity may reach without an approval
     * @param cap how many devices may be handed over, in ten minutes and in a day
     */
    public SafetyBench(EngineDatabase database, TestClock clock, int threshold, int cap) {
        this(database, clock, alike(new SafetySettings.Limits(threshold, cap, cap)), 1);
    }

    private static SafetySettings alike(SafetySettings.Limits limits) {
        return new SafetySettings(Duration.ofHours(24), Duration.ofHours(24), Integer.MAX_VALUE, SICS, limits, limits,
                limits, limits, limits);
    }

    private SafetyBench(EngineDatabase database, TestClock clock, SafetySettings settings, int connectorPort) {
        this.database = database;
        this.clock = clock;
        database.jdbc().sql("truncate emergency_stop, webhook_delivery").update();
        // entries of other tests stay: nothing removes an audit entry
        this.before = database.jdbc().sql("select coalesce(max(seq), 0) from audit_entry").query(Long.class).single();
        Audit audit = TestAudit.on(database.jdbc(), clock);
        Workflow workflow = TestWorkflows.workflow(URI.create("http://127.0.0.1:" + connectorPort), 10);
        this.workflows = TestWorkflows.workflows(workflow);
        OrderRepository orders = new OrderRepository(database.jdbc());
        this.caps = new CapRepository(database.jdbc());
        SafetyWebhooks webhooks = new SafetyWebhooks(TestWebhooks.on(database, clock));
        UrgentDatabase urgent = new UrgentDatabase(database.jdbc());
        this.pushes = new PushRepository(urgent, JsonMapper.shared());
        List<StopPusher> pushers = List.of(new StopPusher(workflow, TestWorkflows.stops(workflow), pushes,
                JsonMapper.shared(), clock));
        this.stopRows = new StopRepository(database.jdbc(), urgent);
        this.stopAudit = new StopAudit(stopRows, audit, database.transactions(), Runnable::run);
        TwoPersons twoPersons = new TwoPersons(TestPersons.none(database.jdbc()));
        this.stops = new EmergencyStops(stopRows, new StopPushes(pushes, pushers, database.lanes(), Runnable::run),
                stopAudit, _ -> 0, workflows, twoPersons, audit, database.transactions(), clock);
        ClockCheck clocks = new ClockCheck(() -> clock.instant().plus(hostAhead));
        this.gate = new SafetyGate(stops, new Orders(orders, settings, audit, webhooks, clock, clocks),
                new Caps(caps, orders, settings, audit, webhooks, clock, clocks), settings);
        this.approvals = new Approvals(orders, TestPersons.none(database.jdbc()), audit, database.transactions(),
                clock);
        this.locks = new Locks(caps, workflows, twoPersons, audit, webhooks, database.transactions(), clock);
    }

    static SafetyGate.Order order(UUID job, ActionKind kind, String identity, int devices) {
        return order(job, kind, identity, Affected.of(Impact.greatest(kind), devices));
    }

    static SafetyGate.Order order(UUID job, ActionKind kind, String identity, Affected devices) {
        return new SafetyGate.Order(job, WORKFLOW, kind, identity, "CONTOSO\\olga", devices);
    }

    SafetyGate.Admission admit(UUID job, ActionKind kind, String identity, int devices) {
        return Objects.requireNonNull(
                database.transactions().execute(_ -> gate.admit(order(job, kind, identity, devices))));
    }

    SafetyGate.Admission admit(UUID job, ActionKind kind, String identity, Affected devices) {
        return Objects.requireNonNull(
                database.transactions().execute(_ -> gate.admit(order(job, kind, identity, devices))));
    }

    SafetyGate.Clearance clear(UUID job, ActionKind kind, int wanted) {
        return clear(job, kind, Impact.greatest(kind), wanted);
    }

    SafetyGate.Clearance clear(UUID job, ActionKind kind, Impact impact, int wanted) {
        return Objects.requireNonNull(
                database.transactions().execute(_ -> gate.clear(job, WORKFLOW, kind, impact, wanted)));
    }

    /** A job of so many devices that a second person has approved. */
    UUID approved(ActionKind kind, int devices) {
        UUID job = UUID.randomUUID();
        if (admit(job, kind, "token:acmp", devices) instanceof SafetyGate.Admission.NeedsApproval) {
            approvals.decide(job, true, null, APPROVER);
        }
        return job;
    }

    /** The events of the audit, the oldest first. */
    public List<String> audited() {
        return database.jdbc()
                .sql("select event from audit_entry where seq > :before order by seq")
                .param("before", before)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<String> webhooks() {
        return database.jdbc()
                .sql("select event from webhook_delivery order by event")
                .query((row, _) -> row.getString(1))
                .list();
    }

    public long handedOver(@Nullable ActionKind kind) {
        return database.jdbc()
                .sql("""
                        select coalesce(sum(devices), 0) from safety_hand_over
                        where :kind::text is null or kind = :kind
                        """)
                .param("kind", kind == null ? null : kind.name(), Types.VARCHAR)
                .query(Long.class)
                .single();
    }
}
