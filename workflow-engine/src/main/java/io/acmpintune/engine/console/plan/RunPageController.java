package io.acmpintune.engine.console.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.Runs;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;

/** Page of one run; also starts runs. */
@Controller
class RunPageController {

    private final Runs runs;

    RunPageController(Runs runs) {
        this.runs = runs;
    }

    /** Planned and completed clients of one kind; null = not known yet. */
    record Line(PlanKind kind, @Nullable Integer planned, @Nullable Integer done) {}

    @PostMapping("/console/plan/runs")
    String start(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, Identity caller) {
        List<Runs.Run> requested = runs.request(workflow, Requester.of(caller.key()));
        return "redirect:/console/plan" + (requested.size() == 1 ? "/runs/" + requested.getFirst().id() : "")
                + "?workflow="
                + workflow.name();
    }

    @GetMapping("/console/plan/runs/{id}")
    String run(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, @PathVariable UUID id,
            Model model) {
        Runs.Run run = runs.get(workflow, id);
        model.addAttribute("run", run);
        model.addAttribute("lines", lines(run));
        return "console/run";
    }

    private static List<Line> lines(Runs.Run run) {
        return Arrays.stream(PlanKind.values())
                .map(kind -> new Line(kind, count(run.planned(), kind), count(run.done(), kind)))
                .filter(line -> positive(line.planned()) || positive(line.done()))
                .toList();
    }

    private static @Nullable Integer count(@Nullable Map<String, Integer> counts, PlanKind kind) {
        return counts == null ? null : counts.getOrDefault(kind.name(), 0);
    }

    private static boolean positive(@Nullable Integer count) {
        return count != null && count > 0;
    }
}
