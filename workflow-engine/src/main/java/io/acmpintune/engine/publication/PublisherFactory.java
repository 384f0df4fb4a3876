package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.List;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.inventory.WorkflowMappings;
import io.acmpintune.engine.workflow.Workflow;

/** Creates publishers, one per workflow and ACMP server. */
@Component
class PublisherFactory {

    private final Tables tables;
    private final Snapshots snapshots;
    private final WorkflowMappings mappings;
    private final InstantSource clock;

    PublisherFactory(Tables tables, Snapshots snapshots, WorkflowMappings mappings, InstantSource clock) {
        this.tables = tables;
        this.snapshots = snapshots;
        this.mappings = mappings;
        this.clock = clock;
    }

    /** The repositories that publishers write to. */
    @Component
    record Tables(AcknowledgementRepository acknowledgements, LookUpRepository lookUps, HoldRepository holds,
            RunRepository runs, CommandRepository commands) {}

    /**
     * Returns a publisher.
     *
     * @param connection sends everything but look-ups
     * @param lookUpConnections look clients up in parallel
     */
    ClientPublisher publisher(Workflow workflow, String server, Acmp connection, List<Acmp> lookUpConnections) {
        String name = workflow.name();
        ResultRecorder results = new ResultRecorder(name, server, tables.acknowledgements(), tables.holds(), clock);
        PublishRun run = new PublishRun(workflow, server,
                new PublishRun.Steps(
                        new ServerCommands(workflow, server, connection, tables.commands(),
                                new MappingCheck(name, mappings),
                                clock),
                        new LookUps(name, server, lookUpConnections, tables.lookUps(), tables.acknowledgements(),
                                clock),
                        snapshots, tables.holds(), new BatchSender(name, server, connection, results)),
                tables.runs(), clock);
        return new ClientPublisher(workflow, server, run, tables.runs(), clock);
    }
}
