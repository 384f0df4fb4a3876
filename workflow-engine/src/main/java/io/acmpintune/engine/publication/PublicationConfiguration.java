package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.inventory.ClientsStored;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** The lanes that tell ACMP: one per workflow and ACMP server. */
@Configuration(proxyBeanMethods = false)
class PublicationConfiguration {

    private static final String LANE = "publish-clients";

    @Bean
    Task<Void> publishLane(Lanes lanes, Workflows workflows, AcmpGateway gateway,
            AcknowledgementRepository acknowledgements, InstantSource clock) {
        Map<String, LaneWork> publishers = new HashMap<>();
        for (Workflow workflow : workflows.all()) {
            for (AcmpServer server : workflow.servers()) {
                publishers.put(owner(workflow, server), new ClientPublisher(workflow, server.id(),
                        gateway.open(server), acknowledgements, clock)::run);
            }
        }
        return lanes.define(LANE, publishers);
    }

    @Bean
    ClientsStored wakePublishers(Lanes lanes) {
        return workflow -> workflow.servers().forEach(server -> lanes.wake(LANE, owner(workflow, server)));
    }

    private static String owner(Workflow workflow, AcmpServer server) {
        return workflow.name() + ":" + server.id();
    }
}
