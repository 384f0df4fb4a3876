package io.acmpintune.engine.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.Holds;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;

/** Sets of clients that guards hold until an administrator decides. */
@RestController
@RequestMapping("/api/v1/workflows/{name}/holds")
class HoldController {

    private final Workflows workflows;
    private final Holds holds;

    HoldController(Workflows workflows, Holds holds) {
        this.workflows = workflows;
        this.holds = holds;
    }

    /** A hold with a page of its clients; {@code next} is the {@code after} of the next page, null after the last. */
    record HoldPage(Holds.Hold hold, List<Holds.HeldClient> clients, @Nullable UUID next) {}

    /** Returns waiting holds, then decided ones, the newest first. */
    @GetMapping
    List<Holds.Hold> holds(@PathVariable String name, @RequestParam(defaultValue = "100") int limit) {
        Workflow workflow = workflows.require(name);
        new RequestErrors().limit(limit).throwIfAny();
        return holds.list(workflow, limit);
    }

    @GetMapping("/{id}")
    HoldPage hold(@PathVariable String name, @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "100") int limit) {
        Workflow workflow = workflows.require(name);
        new RequestErrors().limit(limit).throwIfAny();
        Holds.Hold hold = holds.get(workflow, id);
        List<Holds.HeldClient> page = holds.clients(workflow, id, after, limit);
        return new HoldPage(hold, page, page.size() < limit ? null : page.getLast().clientId());
    }

    /** Releases or rejects exactly the set of the hold; a request with a revision only if that is still current. */
    @PostMapping("/{id}/decision")
    Holds.Hold decide(@PathVariable String name, @PathVariable UUID id, @RequestBody Holds.HoldDecision decision,
            Identity caller) {
        Workflow workflow = workflows.require(name);
        Boolean release = decision.release();
        String person = decision.decidedBy();
        new RequestErrors().check(release != null, "release", "must be true to apply the set, false to reject it")
                .person("decidedBy", person)
                .throwIfAny();
        return holds.decide(workflow, id, Boolean.TRUE.equals(release),
                new Requester(caller.key(), String.valueOf(person).strip()), decision.revision());
    }
}
