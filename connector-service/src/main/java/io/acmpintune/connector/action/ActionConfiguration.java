package io.acmpintune.connector.action;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** The lanes that send and follow actions, one of each per connector. */
@Configuration(proxyBeanMethods = false)
class ActionConfiguration {

    @Bean
    Task<Void> sendLane(Lanes lanes, Connectors connectors, Graphs graphs, ActionRepository actions, FeedSignal signal,
            InstantSource clock) {
        Map<String, LaneWork> senders = new HashMap<>();
        connectors.all()
                .forEach(connector -> senders.put(connector.name(),
                        new ActionSender(connector, graphs.of(connector), actions, signal, clock)::run));
        return lanes.define("send-actions", senders);
    }

    @Bean
    Task<Void> followLane(Lanes lanes, Connectors connectors, Graphs graphs, ActionRepository actions,
            FeedSignal signal,
            InstantSource clock) {
        Map<String, LaneWork> followers = new HashMap<>();
        connectors.all()
                .forEach(connector -> followers.put(connector.name(),
                        new ActionFollower(connector, graphs.of(connector), actions, signal, clock)::run));
        return lanes.define("follow-actions", followers);
    }
}
