package io.acmpintune.engine.console.plan;

import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.console.Pagination;
import io.acmpintune.engine.inventory.RemovalHolds;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.access.Identity;

/** Page of one set of removals that the connector holds, with the decision about it. */
@Controller
class RemovalPageController {

    private static final int PAGE = 100;

    private final RemovalHolds removals;

    RemovalPageController(RemovalHolds removals) {
        this.removals = removals;
    }

    @GetMapping("/console/plan/removals/{id}")
    String removal(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, @PathVariable long id,
            @RequestParam(defaultValue = "1") int page, Model model) {
        RemovalHold hold = removals.find(workflow, id);
        Pagination pages = new Pagination(page, hold.devices().size(), PAGE);
        List<DeviceId> shown = hold.devices().subList(Math.max(0, pages.first() - 1), pages.end());
        model.addAttribute("hold", hold);
        model.addAttribute("devices", removals.devices(workflow, shown));
        model.addAttribute("pages", pages);
        return "console/removal";
    }

    @PostMapping("/console/plan/removals/{id}/decision")
    String decide(@ModelAttribute(name = "workflow", binding = false) Workflow workflow, @PathVariable long id,
            @RequestParam boolean release, Identity caller) {
        removals.decide(workflow, id, release, caller.key());
        return "redirect:/console/plan/removals/" + id + "?workflow=" + workflow.name();
    }
}
