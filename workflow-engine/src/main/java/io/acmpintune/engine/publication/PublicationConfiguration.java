package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.inventory.ClientChangeListener;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** The publish lanes: one per workflow and ACMP server, each with its own connections. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PublicationConfiguration {

    @Bean
    Task<Void> publishLane(Lanes lanes, Workflows workflows, AcmpGateway gateway, PublisherFactory publishers) {
        Map<String, LaneWork> work = new HashMap<>();
        for (Workflow workflow : workflows.all()) {
            for (AcmpServer server : workflow.servers()) {
                work.put(PublishLanes.owner(workflow, server.id()), publishers.publisher(workflow, server.id(),
                        gateway.open(server), lookUpConnections(workflow, server, gateway))::run);
            }
        }
        return lanes.define(PublishLanes.KIND, work);
    }

    private static List<Acmp> lookUpConnections(Workflow workflow, AcmpServer server, AcmpGateway gateway) {
        return Stream.generate(() -> gateway.open(server)).limit(workflow.publishing().lookUpLines()).toList();
    }

    @Bean
    ClientChangeListener wakePublishers(PublishLanes lanes) {
        return lanes::wake;
    }

    /** The bean name becomes the name of the health component. */
    @Bean
    HealthIndicator acmpServersHealthIndicator(ServerStatuses statuses) {
        return new AcmpServersHealth(statuses);
    }

    @Bean
    Retention retention(JdbcClient jdbc, InstantSource clock) {
        return new Retention(jdbc, clock);
    }
}
