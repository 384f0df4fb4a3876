package io.acmpintune.engine.queryaction;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.QueryActionAddress;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** Defines the lanes that take query actions over SICS, one per workflow with a target for them. */
@Configuration(proxyBeanMethods = false)
class QueryActionConfiguration {

    static final String TAKE = "take-query-actions";
    private static final Duration WAIT = Duration.ofSeconds(1);

    @Bean
    Task<Void> intakeLane(Lanes lanes, Workflows workflows, AcmpGateway gateway, SicsMessageRepository messages,
            SicsReplies replies, InstantSource clock) {
        Map<String, LaneWork> intakes = new HashMap<>();
        for (Workflow workflow : workflows.all()) {
            QueryActionAddress address = workflow.queryActions();
            if (address != null) {
                intakes.put(workflow.name(), new QueryActionIntake(workflow, gateway.inbox(address), messages,
                        replies, WAIT, clock)::run);
            }
        }
        return lanes.define(TAKE, intakes);
    }
}
