package io.acmpintune.engine.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRun;

/** The pull lane, run by hand, for tests of what comes after it. */
public final class Pulling {

    private final EngineDatabase database;
    private final ClientRepository clients;
    private final InstantSource clock;
    private final DeviceImporter importer;
    private final AtomicInteger reported = new AtomicInteger();

    public Pulling(EngineDatabase database, InstantSource clock) {
        this.database = database;
        this.clients = new ClientRepository(database.jdbc(), new RecordJson(JsonMapper.shared()));
        this.clock = clock;
        this.importer = new DeviceImporter(
                new DeviceIndexLoader(database.jdbc(), new DecisionRepository(database.jdbc())),
                new DeviceRepository(database.jdbc(), JsonMapper.shared()), clients, clock);
    }

    /** Reads what the workflow's connector tells, in a run that ends after some looks. */
    public Duration pull(Workflow workflow, Mapping mapping) {
        return run(workflow, mapping, database.run("pull-devices", 3));
    }

    Duration run(Workflow workflow, Mapping mapping, LaneRun lane) {
        return new DevicePuller(inventory(workflow, mapping),
                TestWorkflows.client(workflow), importer, clients, _ -> reported.incrementAndGet(), JsonMapper.shared())
                .run(lane);
    }

    /** Counts the notifications that clients changed. */
    public int reported() {
        return reported.get();
    }

    /** Decides as an operator would. */
    void decide(Workflow workflow, Mapping mapping, String device, DecisionRequest request) {
        decisions(workflow, mapping).decide(workflow.name(), new DeviceId(device), request, "token:api");
    }

    DeviceDecisions decisions(Workflow workflow, Mapping mapping) {
        return new DeviceDecisions(new Inventories(List.of(inventory(workflow, mapping))), importer,
                new DecisionRepository(database.jdbc()), TestAudit.on(database.jdbc(), clock), database.transactions(),
                clock);
    }

    private static WorkflowInventory inventory(Workflow workflow, Mapping mapping) {
        return new WorkflowInventory(workflow, MatchingRules.standard(), () -> mapping);
    }

    FeedPosition position() {
        return clients.position(TestWorkflows.NAME);
    }
}
