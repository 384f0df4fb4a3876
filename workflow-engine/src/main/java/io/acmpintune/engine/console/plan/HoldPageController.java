package io.acmpintune.engine.console.plan;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.Holds;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Page of one hold, with the decision about it. */
@Controller
class HoldPageController {

    private static final int PAGE = 100;

    private final Holds holds;

    HoldPageController(Holds holds) {
        this.holds = holds;
    }

    @GetMapping("/console/plan/holds/{id}")
    String hold(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after, Model model) {
        List<Holds.HeldClient> page = holds.clients(workflow, id, after, PAGE);
        model.addAttribute("hold", holds.get(workflow, id));
        model.addAttribute("clients", page);
        model.addAttribute("next", page.size() < PAGE ? null : page.getLast().clientId());
        model.addAttribute("first", after == null);
        return "console/hold";
    }

    /**
     * Decides about the set that the administrator saw, or shows the page again with the reason why not.
     *
     * @param revision of that set
     */
    @PostMapping("/console/plan/holds/{id}/decision")
    String decide(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, @PathVariable UUID id,
            @RequestParam boolean release, @RequestParam int revision, Identity caller, Model model) {
        try {
            holds.decide(workflow, id, release, Requester.of(caller.key()), revision);
        } catch (ProblemException e) {
            model.addAttribute("refusal", e.problem());
            return hold(workflow, id, null, model);
        }
        return "redirect:/console/plan/holds/" + id + "?workflow=" + workflow.name();
    }
}
