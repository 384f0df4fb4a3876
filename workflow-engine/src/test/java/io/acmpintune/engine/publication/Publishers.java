package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.workflow.Workflow;

/** Creates publishers as the service does, for the ACMP server {@code ACMP-1} of a workflow. */
final class Publishers {

    static final String SERVER = "ACMP-1";

    private final PublisherFactory factory;
    private final Snapshots snapshots;
    private final RecordJson records = new RecordJson(JsonMapper.shared());

    Publishers(EngineDatabase database, InstantSource clock) {
        this(database, clock, Mappings::standard);
    }

    /** @param mapping returns the current mapping */
    Publishers(EngineDatabase database, InstantSource clock, Supplier<Mapping> mapping) {
        this.snapshots = new Snapshots(database.jdbc(), new ClientStateRepository(database.jdbc()), records,
                Objects.requireNonNull(database.transactions().getTransactionManager()));
        this.factory = new PublisherFactory(
                new PublisherFactory.Tables(new AcknowledgementRepository(database.jdbc(), records),
                        new LookUpRepository(database.jdbc(), records), new HoldRepository(database.jdbc()),
                        new RunRepository(database.jdbc(), JsonMapper.shared()),
                        new CommandRepository(database.jdbc())),
                snapshots, _ -> mapping.get(), clock);
    }

    ClientPublisher publisher(Workflow workflow, World.Server server) {
        return publisher(workflow, server.line(), server.lookUpLines());
    }

    ClientPublisher publisher(Workflow workflow, Acmp connection, List<Acmp> lookUpConnections) {
        return factory.publisher(workflow, SERVER, connection, lookUpConnections);
    }

    Snapshots snapshots() {
        return snapshots;
    }

    RecordJson records() {
        return records;
    }
}
