package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.List;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.workflow.Workflow;

/** Puts the publisher of one workflow and ACMP server together. */
@Component
class PublisherFactory {

    private final Tables tables;
    private final Snapshots snapshots;
    private final MappingChecks mappings;
    private final InstantSource clock;

    PublisherFactory(Tables tables, Snapshots snapshots, MappingChecks mappings, InstantSource clock) {
        this.tables = tables;
        this.snapshots = snapshots;
        this.mappings = mappings;
        this.clock = clock;
    }

    /** What publishers write. */
    @Component
    record Tables(AcknowledgementRepository acknowledgements, LookUpRepository lookUps, HoldRepository holds,
            RunRepository runs, CommandRepository commands) {}

    /**
     * The publisher of one workflow and ACMP server.
     *
     * @param line the line on which it is told
     * @param lookUpLines the lines on which clients are looked up
     */
    ClientPublisher publisher(Workflow workflow, String server, Acmp line, List<Acmp> lookUpLines) {
        String name = workflow.name();
        PublishRun run = new PublishRun(workflow, server,
                new PublishRun.Parts(
                        new ServerCommands(workflow, server, line, tables.commands(), mappings.of(workflow), clock),
                        new LookUps(name, server, lookUpLines, tables.lookUps(), tables.acknowledgements(), clock),
                        snapshots, tables.holds(),
                        new BatchSender(name, server, line, tables.acknowledgements(), tables.holds(), clock)),
                tables.runs(), clock);
        return new ClientPublisher(workflow, server, run, tables.runs(), clock);
    }
}
