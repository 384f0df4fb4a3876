package io.acmpintune.engine.console.plan;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.inventory.RemovalHolds;
import io.acmpintune.engine.publication.Holds;
import io.acmpintune.engine.publication.Runs;
import io.acmpintune.engine.publication.ServerStatuses;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Page about publishing: status of the ACMP servers, holds, and runs. */
@Controller
class PlanPageController {

    private static final int HOLDS = 50;
    private static final int RUNS = 20;

    private final ServerStatuses statuses;
    private final Holds holds;
    private final RemovalHolds removals;
    private final Runs runs;

    PlanPageController(ServerStatuses statuses, Holds holds, RemovalHolds removals, Runs runs) {
        this.statuses = statuses;
        this.holds = holds;
        this.removals = removals;
        this.runs = runs;
    }

    /**
     * The connector's holds.
     *
     * @param problem why they are unknown; null = they are known
     */
    record Removals(List<RemovalHold> holds, @Nullable Problem problem) {

        /** Returns those that wait for a decision. */
        public List<RemovalHold> held() {
            return holds.stream().filter(hold -> hold.state() == RemovalHold.State.HELD).toList();
        }

        public List<RemovalHold> decided() {
            return holds.stream().filter(hold -> hold.state() != RemovalHold.State.HELD).toList();
        }
    }

    @GetMapping("/console/plan")
    String plan(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam(required = false) @Nullable UUID after, Model model) {
        List<Holds.Hold> all = holds.list(workflow, HOLDS);
        Removals removed = removals(workflow);
        List<Runs.Run> page = runs.page(workflow, null, after, RUNS);
        model.addAttribute("servers", statuses.of(workflow.name(),
                workflow.servers().stream().map(AcmpServer::id).toList()));
        model.addAttribute("waiting", all.stream().filter(hold -> hold.state() == Holds.State.WAITING).toList());
        model.addAttribute("decided", all.stream().filter(hold -> hold.state() != Holds.State.WAITING).toList());
        model.addAttribute("removals", removed);
        model.addAttribute("runs", page);
        model.addAttribute("older", page.size() < RUNS ? null : page.getLast().id());
        model.addAttribute("newest", after == null);
        return "console/plan";
    }

    private Removals removals(Workflow workflow) {
        try {
            return new Removals(removals.list(workflow), null);
        } catch (ProblemException e) {
            return new Removals(List.of(), e.problem());
        }
    }
}
