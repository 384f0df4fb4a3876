package io.acmpintune.engine.console.stop;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.console.TwoPersonView;
import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.engine.safety.EmergencyStops;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;

/** Shows the emergency stops, and stops or lifts. */
@Controller
class StopController {

    private static final String PAGE = "/console/emergency-stop";

    private final EmergencyStops stops;

    StopController(EmergencyStops stops) {
        this.stops = stops;
    }

    /** A stop in force, and the progress of lifting it. */
    record Active(EmergencyStop stop, TwoPersonView turn) {}

    @GetMapping(PAGE)
    String stops(Identity viewer, Model model) {
        List<EmergencyStop> all = stops.all();
        model.addAttribute("active", all.stream()
                .filter(EmergencyStop::stopped)
                .map(stop -> new Active(stop, TwoPersonView.of(stops.progress(stop, viewer))))
                .toList());
        model.addAttribute("lifted", all.stream().filter(stop -> !stop.stopped()).toList());
        model.addAttribute("everything", EmergencyStop.ALL);
        return "console/emergency-stop";
    }

    @PostMapping(PAGE)
    String stop(@ModelAttribute(name = "workflow", binding = false) Workflow shown, @RequestParam String scope,
            @RequestParam(required = false) @Nullable String reason, Identity caller,
            RedirectAttributes redirect) {
        stops.stop(scope, reason, caller);
        redirect.addAttribute("workflow", shown.name());
        redirect.addFlashAttribute("done", "stop.stopped");
        return "redirect:" + PAGE;
    }

    @PostMapping(PAGE + "/lift")
    String lift(@ModelAttribute(name = "workflow", binding = false) Workflow shown, @RequestParam String scope,
            Identity caller, RedirectAttributes redirect) {
        EmergencyStop stop = stops.lift(scope, caller);
        redirect.addAttribute("workflow", shown.name());
        redirect.addFlashAttribute("done", stop.stopped() ? "stop.lift-asked" : "stop.lifted");
        return "redirect:" + PAGE;
    }
}
