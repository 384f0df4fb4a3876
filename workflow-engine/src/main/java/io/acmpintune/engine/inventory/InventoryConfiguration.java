package io.acmpintune.engine.inventory;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.mapping.InvalidMappingException;
import io.acmpintune.engine.mapping.MappingSource;
import io.acmpintune.engine.matching.MatchingRule;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.workflow.AcmpProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** The lanes of the inventory: one that pulls per workflow. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    /** By workflow. */
    record MappingSources(Map<String, MappingSource> byWorkflow) {}

    @Bean
    MappingSources mappingSources(Workflows workflows, ResourceLoader files) {
        Map<String, MappingSource> sources = new LinkedHashMap<>();
        workflows.all().forEach(workflow -> sources.put(workflow.name(), mapping(workflow, files)));
        return new MappingSources(sources);
    }

    @Bean
    MappingRefresh mappingRefresh(MappingSources sources) {
        return new MappingRefresh(List.copyOf(sources.byWorkflow().values()));
    }

    @Bean
    WorkflowMappings workflowMappings(MappingSources sources) {
        return workflow -> source(sources, workflow).current();
    }

    @Bean
    Inventories inventories(AcmpProperties properties, Workflows workflows, MappingSources sources) {
        return new Inventories(workflows.all()
                .stream()
                .map(workflow -> new WorkflowInventory(workflow, rules(workflow, properties),
                        source(sources, workflow.name())::current))
                .toList());
    }

    private static MappingSource source(MappingSources sources, String workflow) {
        return Objects.requireNonNull(sources.byWorkflow().get(workflow), workflow);
    }

    @Bean
    Task<Void> pullLane(Lanes lanes, Inventories inventories, ConnectorClients connectors, DeviceImporter intake,
            ClientRepository clients, ClientChangeListener listener, JsonMapper json) {
        Map<String, LaneWork> pullers = new HashMap<>();
        for (WorkflowInventory inventory : inventories.all()) {
            pullers.put(inventory.name(), new DevicePuller(inventory, connectors.of(inventory.workflow()), intake,
                    clients, listener, json)::run);
        }
        return lanes.define("pull-devices", pullers);
    }

    private static MatchingRules rules(Workflow workflow, AcmpProperties properties) {
        WorkflowProperties written = Objects.requireNonNull(properties.workflows().get(workflow.name()));
        List<String> rules = written.matching().rules();
        try {
            return MatchingRules.read(rules.isEmpty() ? MatchingRule.keys() : rules, written.matching().junkSerials());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    List.of(new ConfigurationFault("acmp.workflows." + workflow.name() + ".matching.rules",
                            String.valueOf(e.getMessage()), "Name some of " + String.join(", ", MatchingRule.keys())
                                    + ", each once and own-link and pin first; or leave the key out for all")));
        }
    }

    private static MappingSource mapping(Workflow workflow, ResourceLoader files) {
        String key = "acmp.workflows." + workflow.name() + ".mapping";
        try {
            return MappingSource.open(workflow.mapping(), files, workflow.personalData());
        } catch (IOException e) {
            throw new InvalidConfigurationException(List.of(new ConfigurationFault(key,
                    workflow.mapping() + " cannot be read (" + e.getMessage() + ")",
                    "Name a file that exists, or leave the key out for the default mapping")));
        } catch (InvalidMappingException e) {
            throw new InvalidConfigurationException(e.faults()
                    .stream()
                    .map(fault -> new ConfigurationFault(key, fault.finding(),
                            (fault.line() > 0 ? "Line " + fault.line() + ": " : "") + fault.remedy()))
                    .toList());
        }
    }
}
