package io.acmpintune.engine.inventory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingSource;
import io.acmpintune.engine.mapping.Privacy;
import io.acmpintune.engine.mapping.WrongMapping;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.PersonalDevices;
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
    Task<Void> pullLane(Lanes lanes, Workflows workflows, ConnectorClients connectors, ClientRepository clients,
            ClientsStored listener, ResourceLoader files, JsonMapper json, InstantSource clock) {
        Map<String, LaneWork> pullers = new HashMap<>();
        for (Workflow workflow : workflows.all()) {
            pullers.put(workflow.name(), new DevicePuller(workflow, connectors.of(workflow), mapping(workflow, files),
                    clients, listener, json, clock)::run);
        }
        return lanes.define("pull-devices", pullers);
    }

    private static Mapping mapping(Workflow workflow, ResourceLoader files) {
        String key = "acmp.workflows." + workflow.name() + ".mapping";
        try {
            return MappingSource.open(workflow.mapping(), files, privacy(workflow.personalDevices())).current();
        } catch (IOException e) {
            throw new WrongConfiguration(List.of(new ConfigurationFault(key,
                    workflow.mapping() + " cannot be read (" + e.getMessage() + ")",
                    "Name a file that exists, or leave the key out for the default mapping")));
        } catch (WrongMapping e) {
            throw new WrongConfiguration(e.faults()
                    .stream()
                    .map(fault -> new ConfigurationFault(key, fault.finding(),
                            (fault.line() > 0 ? "Line " + fault.line() + ": " : "") + fault.remedy()))
                    .toList());
        }
    }

    private static Privacy privacy(PersonalDevices told) {
        return new Privacy(told.userName(), told.mail(), told.phoneNumber());
    }
}
