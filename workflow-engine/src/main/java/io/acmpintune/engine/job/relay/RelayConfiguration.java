package io.acmpintune.engine.job.relay;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.JobSignal;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.ActionApi;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** Defines the relay lanes, one per workflow, and the lane of the heartbeat. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    Task<Void> heartbeatLane(Lanes lanes, RestoreCheck check) {
        return lanes.define(RestoreCheck.LANE, Map.of("workflow-engine", check::beat));
    }

    @Bean
    Task<Void> relayLane(Lanes lanes, Workflows workflows, ConnectorClients connectors, ActionRelay.Shared shared,
            PositionExchange.Shared positions, UnlockCodeCipher unlockCodeCipher, JsonMapper json,
            InstantSource clock) {
        Map<String, LaneWork> relays = new HashMap<>();
        for (Workflow workflow : workflows.all()) {
            ActionApi connector = connectors.actionsOf(workflow);
            CommandSender sender = new CommandSender(workflow, connector, unlockCodeCipher, json, clock);
            relays.put(workflow.name(), new ActionRelay(workflow, connector, sender,
                    new PositionExchange(workflow, connectors.positionsOf(workflow), positions, clock), shared, json,
                    clock)::run);
        }
        return lanes.define(JobSignal.RELAY_LANE, relays);
    }
}
