package io.acmpintune.engine.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.Clients;
import io.acmpintune.engine.publication.Publications;
import io.acmpintune.engine.workflow.Workflows;

/** Workflows and their clients, to be read. */
@RestController
class ClientController {

    private final Workflows workflows;
    private final Clients clients;
    private final Publications publications;

    ClientController(Workflows workflows, Clients clients, Publications publications) {
        this.workflows = workflows;
        this.clients = clients;
        this.publications = publications;
    }

    /** A page of clients; {@code next} is the {@code after} of the next page, null after the last. */
    record ClientPage(List<Clients.Client> clients, @Nullable UUID next) {}

    /** A workflow and how its ACMP servers fare. */
    record WorkflowStatus(String name, String connector, List<Publications.ServerStatus> servers) {}

    @GetMapping("/api/v1/clients")
    ClientPage clients(@RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "100") int limit) {
        Parameter.limit(limit);
        List<Clients.Client> page = clients.page(workflows.requireOrOnly(workflow).name(), after, limit);
        return new ClientPage(page, page.size() < limit ? null : page.getLast().clientId());
    }

    @GetMapping("/api/v1/workflows")
    List<WorkflowStatus> workflows() {
        return workflows.all()
                .stream()
                .map(workflow -> new WorkflowStatus(workflow.name(), workflow.connector(),
                        publications.statuses(workflow.name(),
                                workflow.servers().stream().map(AcmpServer::id).toList())))
                .toList();
    }
}
