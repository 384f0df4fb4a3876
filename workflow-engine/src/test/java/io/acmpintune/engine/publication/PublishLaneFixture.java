package io.acmpintune.engine.publication;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.lane.LaneRun;

import static org.assertj.core.api.Assertions.assertThat;

/** A publish lane that tests run by hand on a fleet of phones, against a simulated SICS and ACMP. */
abstract class PublishLaneFixture {

    static final List<String> WRITES = List.of("SaveClients", "SaveMobileDevices", "DeleteClients");
    static final Requester ADA = new Requester("token:api", "Ada");
    static final Duration IDLE = Duration.ofSeconds(5);

    final EngineDatabase database = EngineDatabase.empty();
    final TestClock clock = TestClock.fixed();
    final World.Server acmp;
    final Publishers publishers = new Publishers(database, clock);
    final PublishLanes lanes = new PublishLanes(database.lanes(), database.jdbc());
    final Audit audit = TestAudit.on(database.jdbc(), clock);
    final Holds holds = new Holds(database.jdbc(), database.transactions(), lanes, audit, clock);
    final Runs runs = new Runs(database.jdbc(), database.transactions(), lanes, audit, JsonMapper.shared(),
            clock);
    final ParkedClients parked = new ParkedClients(database.jdbc(), database.transactions(), lanes, audit);
    final DryRun dryRun = new DryRun(publishers.snapshots(), database.jdbc(), publishers.records(), clock);
    final ServerStatuses statuses = new ServerStatuses(database.jdbc());
    final Phones phones = new Phones(database, clock, TestWorkflows.NAME, 1);
    Workflow workflow = TestWorkflows.workflow(URI.create("http://127.0.0.1:1"), 200);

    PublishLaneFixture(World.Server acmp) {
        this.acmp = acmp;
    }

    /** Publishes this many new clients, long enough ago that no guard counts them. */
    void imported(int count) {
        phones.enrol(0, count);
        publish();
        assertThat(status().acknowledged()).isEqualTo(count);
        clock.advance(Duration.ofHours(2));
    }

    void publish() {
        run(workflow);
    }

    void run(Workflow of) {
        assertThat(publishers.publisher(of, acmp).run(lane())).isEqualTo(IDLE);
    }

    ClientPublisher publisher() {
        return publishers.publisher(workflow, acmp);
    }

    LaneRun lane() {
        return database.run("publish-clients", 2_000);
    }

    void configure(Publishing.LookUp lookUp, Publishing.Apply apply, @Nullable Duration delete,
            int createAtMost) {
        workflow = TestWorkflows.with(workflow, new Publishing(200, lookUp, 3, apply, delete, createAtMost,
                Duration.ZERO));
    }

    DryRun.ServerPlan plan() {
        return dryRun.preview(workflow, Publishers.SERVER, Set.of(), null, 1_000);
    }

    ServerStatuses.ServerStatus status() {
        return statuses.of(TestWorkflows.NAME, List.of(Publishers.SERVER)).getFirst();
    }

    Holds.Hold waiting() {
        return holds.list(workflow, 10)
                .stream()
                .filter(hold -> hold.state() == Holds.State.WAITING)
                .findFirst()
                .orElseThrow();
    }

    Runs.Run lastRun() {
        return runs.page(workflow, null, null, 1).getFirst();
    }

    /** Returns how many mobile devices are marked as removed in ACMP. */
    long removedInAcmp() {
        return acmp.inside()
                .mobileDevices()
                .values()
                .stream()
                .filter(device -> "removed".equals(device.get("RecordState")))
                .count();
    }

    /** Returns how many commands that write were received. */
    long writes() {
        return WRITES.stream().mapToLong(acmp.inside()::commandsReceived).sum();
    }

    long commands() {
        return acmp.inside().traffic().values().stream().mapToLong(traffic -> traffic.messages()).sum();
    }

    Map<String, Integer> origins() {
        Map<String, Integer> origins = new HashMap<>();
        database.jdbc()
                .sql("select origin, count(*) from acknowledgement group by origin")
                .query(row -> {
                    origins.put(String.valueOf(row.getString(1)), row.getInt(2));
                });
        return origins;
    }

    static Map<String, Integer> names(Map<PlanKind, Integer> counts) {
        Map<String, Integer> names = new HashMap<>();
        counts.forEach((kind, count) -> names.put(kind.name(), count));
        return names;
    }

    /** Returns all rows of the tables that publishing reads or writes. */
    Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        for (String table : List.of("workflow", "client", "device", "acknowledgement", "publication", "run", "hold",
                "held_client", "guard_count", "command_schema", "lane")) {
            tables.put(table, database.jdbc()
                    .sql("select coalesce(string_agg(t::text, ' ' order by t::text), '') from " + table + " t")
                    .query(String.class)
                    .single());
        }
        return tables;
    }
}
