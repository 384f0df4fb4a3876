package io.acmpintune.engine.outage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.publication.Publications;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** A lane for each workflow that looks after its connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutageConfiguration.AlertProperties.class)
class OutageConfiguration {

    private static final String KEY = "alerts.connection-broken-after";
    private static final Duration LONGEST = Duration.ofDays(1);
    /** As the publication notes that an ACMP server cannot be told anything, for whatever reason. */
    private static final String SERVER = ProblemKind.ACMP_SERVER_UNAVAILABLE.text();

    /**
     * {@code alerts.*}.
     *
     * @param connectionBrokenAfter how long a connector or ACMP server does not answer before webhooks are told, 1 minute to 1 day
     */
    @ConfigurationProperties(prefix = "alerts", ignoreUnknownFields = false)
    record AlertProperties(@DefaultValue("5m") Duration connectionBrokenAfter) {

        Duration checked() {
            if (connectionBrokenAfter.compareTo(Duration.ofMinutes(1)) < 0
                    || connectionBrokenAfter.compareTo(LONGEST) > 0) {
                throw new WrongConfiguration(List.of(new ConfigurationFault(KEY,
                        connectionBrokenAfter + " is out of range", "Set 1m to 24h, or leave the key out")));
            }
            return connectionBrokenAfter;
        }
    }

    @Bean
    Task<Void> outageLane(Lanes lanes, Workflows workflows, Looks looks, OutageRepository outages, Webhooks webhooks,
            AlertProperties properties, InstantSource clock) {
        Duration after = properties.checked();
        Map<String, LaneWork> work = new HashMap<>();
        workflows.all()
                .forEach(workflow -> work.put(workflow.name(),
                        new OutageWatch(looks.of(workflow), outages, webhooks, after, clock)::run));
        return lanes.define("watch-connections", work);
    }

    @Bean
    Looks connectionLooks(ConnectorClients connectors, Publications publications, JsonMapper json) {
        return workflow -> {
            ConnectorApi connector = connectors.of(workflow);
            return () -> {
                Map<String, String> broken = new HashMap<>();
                publications.hindrances()
                        .stream()
                        .filter(hindrance -> hindrance.workflow().equals(workflow.name())
                                && hindrance.problem() != null)
                        .forEach(hindrance -> broken.put(hindrance.server(), SERVER));
                try {
                    connector.status(workflow.connector());
                } catch (RestClientException e) {
                    broken.put(workflow.connector(), ConnectorProblem.of(workflow, e, json).kindText());
                }
                return broken;
            };
        };
    }

    /** How the connections of a workflow are looked at. */
    @FunctionalInterface
    interface Looks {
        BrokenConnections of(Workflow workflow);
    }
}
