package io.acmpintune.engine.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/** The pull lane, run by hand, for tests of what comes after it. */
public final class Pulling {

    private final EngineDatabase database;
    private final ClientRepository clients;
    private final InstantSource clock;
    private final AtomicInteger told = new AtomicInteger();

    public Pulling(EngineDatabase database, InstantSource clock) {
        this.database = database;
        this.clients = new ClientRepository(database.jdbc(), JsonMapper.shared(), new Records(JsonMapper.shared()));
        this.clock = clock;
    }

    /** Reads what the workflow's connector tells, in a run that ends after some looks. */
    public Duration pull(Workflow workflow, Mapping mapping) {
        return run(workflow, mapping, database.run("pull-devices", 3));
    }

    Duration run(Workflow workflow, Mapping mapping, LaneRun lane) {
        return new DevicePuller(workflow, TestWorkflows.client(workflow), mapping, clients,
                _ -> told.incrementAndGet(), JsonMapper.shared(), clock).run(lane);
    }

    /** How often it was told that clients were stored. */
    public int told() {
        return told.get();
    }

    FeedPosition position() {
        return clients.position(TestWorkflows.NAME);
    }
}
