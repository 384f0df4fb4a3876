package io.acmpintune.engine.expiry;

import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** A lane for each workflow that watches its connector's credentials. */
@Configuration(proxyBeanMethods = false)
class ExpiryConfiguration {

    @Bean
    Task<Void> expiryLane(Lanes lanes, Workflows workflows, ConnectorClients connectors, CredentialExpiries expiries,
            Webhooks webhooks) {
        Map<String, LaneWork> work = new HashMap<>();
        workflows.all()
                .forEach(workflow -> work.put(workflow.name(),
                        new ExpiryWatch(workflow, connectors.of(workflow), expiries, webhooks)::run));
        return lanes.define("watch-credentials", work);
    }
}
