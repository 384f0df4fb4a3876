package io.acmpintune.engine.web;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.publication.DryRun;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

/** The dry run: what a run would do. */
@RestController
class PlanController {

    private final Workflows workflows;
    private final DryRun dryRun;

    PlanController(Workflows workflows, DryRun dryRun) {
        this.workflows = workflows;
        this.dryRun = dryRun;
    }

    /** The current plan for each ACMP server. */
    record PlanPage(List<DryRun.ServerPlan> servers) {}

    /**
     * Returns the plan and changes nothing. Counts cover all clients; {@code items} is a page of those that are not unchanged, with
     * every field that would change.
     *
     * @param server only for this ACMP server; null = for each
     * @param kind only items of these kinds; empty = of all
     * @param after the {@code next} of the previous page
     */
    @PostMapping("/api/v1/workflows/{name}/plan")
    PlanPage plan(@PathVariable String name, @RequestParam(required = false) @Nullable String server,
            @RequestParam(defaultValue = "") Set<PlanKind> kind, @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "100") int limit) {
        Workflow workflow = workflows.require(name);
        new RequestErrors().limit(limit).server(workflow, server).throwIfAny();
        return new PlanPage(workflow.servers()
                .stream()
                .map(AcmpServer::id)
                .filter(id -> server == null || server.equals(id))
                .map(id -> dryRun.preview(workflow, id, kind, after, limit))
                .toList());
    }
}
