package io.acmpintune.engine.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.Runs;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;

/** Requests runs, and lists them. */
@RestController
@RequestMapping("/api/v1/workflows/{name}/runs")
class RunController {

    private final Workflows workflows;
    private final Runs runs;

    RunController(Workflows workflows, Runs runs) {
        this.workflows = workflows;
        this.runs = runs;
    }

    /** Request for a run. */
    record RunRequest(@Nullable String requestedBy) {}

    /** A page of runs; {@code next} is the {@code after} of the next page, null after the last. */
    record RunPage(List<Runs.Run> runs, @Nullable UUID next) {}

    /** Requests one run for each ACMP server, to start at once. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunPage start(@PathVariable String name, @RequestBody RunRequest request, Identity caller) {
        Workflow workflow = workflows.require(name);
        String person = request.requestedBy();
        new RequestErrors().person("requestedBy", person).throwIfAny();
        return new RunPage(runs.request(workflow, new Requester(caller.key(), String.valueOf(person).strip())), null);
    }

    /** Returns the runs of a workflow, the newest first. */
    @GetMapping
    RunPage runs(@PathVariable String name, @RequestParam(required = false) @Nullable String server,
            @RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "100") int limit) {
        Workflow workflow = workflows.require(name);
        new RequestErrors().limit(limit).server(workflow, server).throwIfAny();
        List<Runs.Run> page = runs.page(workflow, server, after, limit);
        return new RunPage(page, page.size() < limit ? null : page.getLast().id());
    }

    @GetMapping("/{id}")
    Runs.Run run(@PathVariable String name, @PathVariable UUID id) {
        Workflow workflow = workflows.require(name);
        return runs.get(workflow, id);
    }
}
