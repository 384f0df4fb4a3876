package io.acmpintune.engine.console.conflict;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.inventory.ClientChangeListener;
import io.acmpintune.engine.inventory.DecisionRequest;
import io.acmpintune.engine.inventory.DeviceDecisions;
import io.acmpintune.engine.inventory.DeviceMatches;
import io.acmpintune.engine.inventory.UnknownDevice;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows conflicts, and takes decisions about devices. */
@Controller
class ConflictPageController {

    private static final int PAGE = 10;
    private static final int NOT_FOUND = 404;

    private final DeviceMatches matches;
    private final DeviceDecisions decisions;
    private final ClientChangeListener listener;

    ConflictPageController(DeviceMatches matches, DeviceDecisions decisions, ClientChangeListener listener) {
        this.matches = matches;
        this.decisions = decisions;
        this.listener = listener;
    }

    @GetMapping("/console/conflicts")
    String conflicts(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame,
            @RequestParam(defaultValue = "") String after, Model model) {
        List<DeviceMatches.Conflict> page = matches.conflicts(workflow, after.replace("\0", ""), PAGE);
        model.addAttribute("total", matches.countConflicts(workflow.name()));
        model.addAttribute("conflicts",
                page.stream().map(conflict -> Comparison.of(conflict, frame)).toList());
        model.addAttribute("first", after.isEmpty());
        model.addAttribute("next", page.size() < PAGE ? null : page.getLast().device().device());
        return "console/conflicts";
    }

    @GetMapping("/console/conflicts/{device}")
    String device(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable String device, Model model) {
        DeviceMatches.DeviceMatch shown = matches.find(workflow, id(workflow, device))
                .orElseThrow(() -> UnknownDevice.in(workflow.name(), device));
        model.addAttribute("device", shown);
        model.addAttribute("comparison", Comparison.of(shown, frame));
        return "console/conflict";
    }

    /**
     * Takes a decision.
     *
     * @param client for the verdict {@code pin} only
     * @param holder the device that is the client now, to be ignored; null = none
     */
    @PostMapping("/console/conflicts/{device}/decision")
    String decide(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable String device,
            @RequestParam String verdict, @RequestParam(required = false) @Nullable String client,
            @RequestParam(required = false) @Nullable String holder, Identity caller, Model model) {
        try {
            if (client != null && holder != null) {
                decisions.pinInstead(workflow.name(), id(workflow, device), id(workflow, holder), client,
                        caller.key());
            } else {
                decisions.decide(workflow.name(), id(workflow, device),
                        new DecisionRequest(verdict, client, caller.key()), caller.key());
            }
        } catch (ProblemException e) {
            if (e.problem().status() == NOT_FOUND) {
                throw e;
            }
            model.addAttribute("refusal", e.problem());
            return device(workflow, frame, device, model);
        }
        listener.clientsChanged(workflow);
        return "redirect:/console/conflicts/" + device + "?workflow=" + workflow.name();
    }

    private static DeviceId id(Workflow workflow, String text) {
        try {
            return new DeviceId(text);
        } catch (IllegalArgumentException _) {
            throw UnknownDevice.in(workflow.name(), text);
        }
    }
}
