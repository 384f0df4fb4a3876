package io.acmpintune.engine.console.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.ClientSearch.Facet;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.inventory.DeviceMatches;
import io.acmpintune.engine.publication.ServerStatuses;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

/** The first page of the console. */
@Controller
class OverviewController {

    private final Workflows workflows;
    private final ConnectorStates connectors;
    private final ServerStatuses statuses;
    private final DeviceMatches matches;
    private final ClientSearch clients;
    private final OpenTasks tasks;

    OverviewController(Workflows workflows, ConnectorStates connectors, ServerStatuses statuses,
            DeviceMatches matches, ClientSearch clients, OpenTasks tasks) {
        this.workflows = workflows;
        this.connectors = connectors;
        this.statuses = statuses;
        this.matches = matches;
        this.clients = clients;
        this.tasks = tasks;
    }

    @GetMapping("/console")
    String overview(@ModelAttribute(name = "workflow", binding = false) Workflow chosen,
            @ModelAttribute(name = "frame", binding = false) Frame frame, Model model) {
        List<WorkflowView> views = views();
        List<Facet> facets = clients.facets(chosen.name());
        model.addAttribute("views", views);
        model.addAttribute("attention", AttentionList.of(views, tasks.find(), frame.times()));
        model.addAttribute("platforms", Slices.of(facets, Facet::operatingSystem));
        model.addAttribute("compliance", Slices.of(facets, Facet::compliance));
        return "console/overview";
    }

    private List<WorkflowView> views() {
        // all connectors answer in parallel, while the database is read
        Map<Workflow, CompletableFuture<ConnectorStates.State>> states = new LinkedHashMap<>();
        workflows.all().forEach(workflow -> states.put(workflow, connectors.request(workflow)));
        Map<Workflow, List<ServerStatuses.ServerStatus>> servers = new LinkedHashMap<>();
        workflows.all()
                .forEach(workflow -> servers.put(workflow, statuses.of(workflow.name(),
                        workflow.servers().stream().map(AcmpServer::id).toList())));
        return states.entrySet()
                .stream()
                .map(entry -> WorkflowView.of(entry.getKey(), connectors.await(entry.getKey(), entry.getValue()),
                        servers.getOrDefault(entry.getKey(), List.of()),
                        matches.countConflicts(entry.getKey().name())))
                .toList();
    }
}
