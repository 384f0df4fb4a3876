package io.acmpintune.connector.action;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.runtime.continuity.Heartbeat;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** The lanes that send and follow actions, one of each per connector, and the lane of the heartbeat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ActionConfiguration.SecretsProperties.class)
class ActionConfiguration {

    static final String SEND = "send-actions";

    /** {@code connector.secrets.*}: the key, 32 bytes in Base64, that encrypts what must be stored but not read. */
    @ConfigurationProperties(prefix = "connector.secrets", ignoreUnknownFields = false)
    record SecretsProperties(@Nullable String key) {
        @Override
        public String toString() {
            return "SecretsProperties[…]";
        }
    }

    @Bean
    UnlockCodeCipher unlockCodes(SecretsProperties properties) {
        return UnlockCodeCipher.of("connector.secrets.key", properties.key());
    }

    @Bean
    Task<Void> sendLane(Lanes lanes, Connectors connectors, Graphs graphs, ActionRepository actions,
            ActionStopRepository stops, UnlockCodeCipher unlockCodeCipher, FeedSignal signal, InstantSource clock) {
        Map<String, LaneWork> senders = new HashMap<>();
        for (Connector connector : connectors.all()) {
            Graph graph = graphs.of(connector);
            senders.put(connector.name(), new ActionSender(connector, graph, actions,
                    new ActionSubmitter(connector, graph, actions, stops, unlockCodeCipher, clock), signal,
                    clock)::run);
        }
        return lanes.define(SEND, senders);
    }

    @Bean
    RestoreCheck restoreCheck(Heartbeat heartbeat, Connectors connectors, ActionStops stops, ActionRepository actions,
            TransactionOperations transactions, InstantSource clock) {
        return new RestoreCheck(heartbeat, connectors.all(), stops, actions, transactions, clock);
    }

    @Bean
    Task<Void> heartbeatLane(Lanes lanes, RestoreCheck check) {
        return lanes.define(RestoreCheck.LANE, Map.of("connector-service", check::beat));
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
