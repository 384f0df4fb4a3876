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
import io.acmpintune.engine.publication.Publications;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

/** The first page. */
@Controller
class OverviewController {

    private final Workflows workflows;
    private final ConnectorStates connectors;
    private final Publications publications;
    private final DeviceMatches standings;
    private final ClientSearch clients;
    private final OpenMatters matters;

    OverviewController(Workflows workflows, ConnectorStates connectors, Publications publications,
            DeviceMatches standings, ClientSearch clients, OpenMatters matters) {
        this.workflows = workflows;
        this.connectors = connectors;
        this.publications = publications;
        this.standings = standings;
        this.clients = clients;
        this.matters = matters;
    }

    @GetMapping("/console")
    String overview(@ModelAttribute(name = "workflow", binding = false) Workflow chosen,
            @ModelAttribute(name = "frame", binding = false) Frame frame, Model model) {
        List<WorkflowView> views = views();
        List<Facet> facets = clients.facets(chosen.name());
        model.addAttribute("views", views);
        model.addAttribute("attention", AttentionList.of(views, matters.look(), frame.times()));
        model.addAttribute("platforms", Slices.of(facets, Facet::operatingSystem));
        model.addAttribute("compliance", Slices.of(facets, Facet::compliance));
        return "console/overview";
    }

    private List<WorkflowView> views() {
        // all connectors are asked at once, and meanwhile the database
        Map<Workflow, CompletableFuture<ConnectorStates.State>> asked = new LinkedHashMap<>();
        workflows.all().forEach(workflow -> asked.put(workflow, connectors.ask(workflow)));
        Map<Workflow, List<Publications.Publication>> servers = new LinkedHashMap<>();
        workflows.all()
                .forEach(workflow -> servers.put(workflow, publications.of(workflow.name(),
                        workflow.servers().stream().map(AcmpServer::id).toList())));
        return asked.entrySet()
                .stream()
                .map(entry -> WorkflowView.of(entry.getKey(), connectors.await(entry.getKey(), entry.getValue()),
                        servers.getOrDefault(entry.getKey(), List.of()),
                        standings.countConflicts(entry.getKey().name())))
                .toList();
    }
}
