package io.acmpintune.engine.job;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.secret.UnlockCodes;

/** The relay lanes, one per workflow, and the key that keeps what jobs must not show. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobConfiguration.SecretsProperties.class)
class JobConfiguration {

    static final String RELAY = "relay-actions";

    /**
     * {@code engine.secrets.*}.
     *
     * @param key 32 random bytes in Base64; null = query actions with an unlock code are refused
     */
    @ConfigurationProperties(prefix = "engine.secrets", ignoreUnknownFields = false)
    record SecretsProperties(@Nullable String key) {
        @Override
        public String toString() {
            return "SecretsProperties[…]";
        }
    }

    @Bean
    UnlockCodes unlockCodes(SecretsProperties properties) {
        return UnlockCodes.of("engine.secrets.key", properties.key());
    }

    @Bean
    DestructiveGate destructiveGate(SafetyGate safety) {
        return new SafetyChecks(safety);
    }

    @Bean
    Task<Void> relayLane(Lanes lanes, Workflows workflows, ConnectorClients connectors, ActionRelay.Relaying relaying,
            ActionCommands commands, JsonMapper json, InstantSource clock) {
        Map<String, LaneWork> relays = new HashMap<>();
        workflows.all()
                .forEach(workflow -> relays.put(workflow.name(), new ActionRelay(workflow,
                        connectors.actionsOf(workflow), relaying, commands, json, clock)::run));
        return lanes.define(RELAY, relays);
    }
}
