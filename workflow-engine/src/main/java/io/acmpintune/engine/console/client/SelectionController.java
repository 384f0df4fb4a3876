package io.acmpintune.engine.console.client;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.workflow.Workflow;

/** Returns the IDs of all clients in a list, for the script that selects them. */
@Controller
class SelectionController {

    private final ClientSearch clients;
    private final InstantSource clock;

    SelectionController(ClientSearch clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** Returns no more IDs than one query action accepts. */
    @GetMapping("/console/clients/selection")
    @ResponseBody
    List<UUID> all(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters) {
        return clients.ids(workflow, ListState.read(workflow.name(), parameters).filter(clock.instant()),
                JobOrder.MOST_CLIENTS);
    }
}
