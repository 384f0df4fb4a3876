package io.acmpintune.engine.alert;

import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.publication.ServerStatuses;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** Two lanes for each workflow: one watches its connections, the other the credentials of its connector. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertConfiguration {

    @Bean
    Task<Void> connectionLane(Lanes lanes, Workflows workflows, ConnectorClients connectors, ServerStatuses statuses,
            OutageRepository outages, Webhooks webhooks, AlertProperties properties, JsonMapper json,
            InstantSource clock) {
        return lane(lanes, "watch-connections", workflows,
                workflow -> new OutageWatch(
                        new BrokenConnections(workflow, connectors.of(workflow), statuses, json)::find, outages,
                        webhooks, properties.connectionBrokenAfter(), clock)::run);
    }

    @Bean
    Task<Void> credentialLane(Lanes lanes, Workflows workflows, ConnectorClients connectors,
            CredentialExpiries expiries, Webhooks webhooks) {
        return lane(lanes, "watch-credentials", workflows,
                workflow -> new CredentialWatch(workflow, connectors.of(workflow), expiries, webhooks)::run);
    }

    private static Task<Void> lane(Lanes lanes, String name, Workflows workflows, Function<Workflow, LaneWork> work) {
        return lanes.define(name, workflows.all().stream().collect(Collectors.toMap(Workflow::name, work)));
    }
}
