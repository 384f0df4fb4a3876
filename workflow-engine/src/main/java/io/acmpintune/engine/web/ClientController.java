package io.acmpintune.engine.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.publication.ServerStatuses;
import io.acmpintune.engine.workflow.Workflows;

/** Reads workflows and their clients. */
@RestController
class ClientController {

    private final Workflows workflows;
    private final ClientSearch clients;
    private final ServerStatuses statuses;

    ClientController(Workflows workflows, ClientSearch clients, ServerStatuses statuses) {
        this.workflows = workflows;
        this.clients = clients;
        this.statuses = statuses;
    }

    /** A page of clients; {@code next} is the {@code after} of the next page, null after the last. */
    record ClientPage(List<ClientSearch.Row> clients, @Nullable UUID next) {}

    /** A workflow and the state of its ACMP servers. */
    record WorkflowStatus(String name, String connector, List<ServerStatuses.ServerStatus> servers) {}

    /** Lists the clients that meet all criteria, in the order of their IDs; {@code state} is present where it is left out. */
    @GetMapping("/api/v1/clients")
    ClientPage clients(@RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String operatingSystem,
            @RequestParam(required = false) @Nullable String clientType,
            @RequestParam(required = false) @Nullable String compliance,
            @RequestParam(required = false) @Nullable String ownership,
            @RequestParam(required = false) @Nullable Instant lastSyncSince,
            @RequestParam(required = false) @Nullable Instant lastSyncBefore,
            @RequestParam(defaultValue = "present") String state, @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "100") int limit) {
        ClientFilter filter = new ClientFilter(search, operatingSystem, clientType, compliance, ownership,
                Parameters.instant("lastSyncSince", lastSyncSince),
                Parameters.instant("lastSyncBefore", lastSyncBefore),
                Parameters.member("state", state, ClientFilter.State.values()));
        List<ClientSearch.Row> page = clients.pageAfter(workflows.requireOrOnly(workflow), filter, after,
                Parameters.limit(limit));
        return new ClientPage(page, page.size() < limit ? null : page.getLast().clientId());
    }

    @GetMapping("/api/v1/workflows")
    List<WorkflowStatus> workflows() {
        return workflows.all()
                .stream()
                .map(workflow -> new WorkflowStatus(workflow.name(), workflow.connector(),
                        statuses.of(workflow.name(),
                                workflow.servers().stream().map(AcmpServer::id).toList())))
                .toList();
    }
}
