package io.acmpintune.engine.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingFault;
import io.acmpintune.engine.mapping.MappingFile;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.matching.Rule;
import io.acmpintune.engine.workflow.AcmpProperties;
import io.acmpintune.engine.workflow.AcmpProperties.WorkflowProperties;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** The lanes of the inventory: one that pulls per workflow. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    @Bean
    Inventories inventories(AcmpProperties properties, Workflows workflows, ResourceLoader files) {
        return new Inventories(workflows.all()
                .stream()
                .map(workflow -> new WorkflowInventory(workflow, rules(workflow, properties),
                        mapping(workflow, files)))
                .toList());
    }

    @Bean
    Task<Void> pullLane(Lanes lanes, Inventories inventories, ConnectorClients connectors, Intake intake,
            ClientRepository clients, ClientsStored listener, JsonMapper json) {
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
            return MatchingRules.read(rules.isEmpty() ? Rule.keys() : rules, written.matching().junkSerials());
        } catch (IllegalArgumentException e) {
            throw new WrongConfiguration(
                    List.of(new ConfigurationFault("acmp.workflows." + workflow.name() + ".matching.rules",
                            String.valueOf(e.getMessage()), "Name some of " + String.join(", ", Rule.keys())
                                    + ", each once and own-link and pin first; or leave the key out for all")));
        }
    }

    private static Mapping mapping(Workflow workflow, ResourceLoader files) {
        String key = "acmp.workflows." + workflow.name() + ".mapping";
        String location = workflow.mapping().contains(":") ? workflow.mapping() : "file:" + workflow.mapping();
        try {
            return MappingFile.read(workflow.mapping(),
                    files.getResource(location).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new WrongConfiguration(List.of(new ConfigurationFault(key,
                    workflow.mapping() + " cannot be read (" + e.getMessage() + ")",
                    "Name a file that exists, or leave the key out for the default mapping")));
        } catch (MappingFault e) {
            throw new WrongConfiguration(List.of(new ConfigurationFault(key, String.valueOf(e.getMessage()),
                    "Correct the mapping file; the default one in the jar shows every key")));
        }
    }
}
