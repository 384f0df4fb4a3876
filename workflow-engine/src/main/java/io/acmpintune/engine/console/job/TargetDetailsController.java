package io.acmpintune.engine.console.job;

import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.job.relay.JobTargets;
import io.acmpintune.model.action.ActionDecision.Verdict;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Impact;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** The page of one device of a job: its history, and the decision about an uncertain action. */
@Controller
class TargetDetailsController {

    private final Jobs jobs;
    private final JobTargets targets;

    TargetDetailsController(Jobs jobs, JobTargets targets) {
        this.jobs = jobs;
        this.targets = targets;
    }

    @GetMapping("/console/jobs/{id}/targets/{clientId}")
    String details(@PathVariable UUID id, @PathVariable UUID clientId, Model model) {
        Job job = find(id);
        JobTargets.Details details = targets.details(id, clientId);
        model.addAttribute("job", job);
        model.addAttribute("jobAddress", JobDetailsController.address(job, null, null));
        model.addAttribute("target", details.target());
        model.addAttribute("tone", Tone.of(job.queryAction(), details.target().state()));
        model.addAttribute("history", details.history());
        model.addAttribute("historyProblem", details.problem());
        model.addAttribute("undecided", details.target().state() == ActionState.NEEDS_DECISION);
        // a destructive action has to pass approval and caps again, as a new job
        model.addAttribute("verdicts", Arrays.stream(Verdict.values())
                .filter(verdict -> verdict != Verdict.SEND_AGAIN || details.target().impact() != Impact.DESTRUCTIVE)
                .toList());
        return "console/target";
    }

    @PostMapping("/console/jobs/{id}/targets/{clientId}/decision")
    String decide(@PathVariable UUID id, @PathVariable UUID clientId,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String reason, Identity caller, RedirectAttributes redirect) {
        Job job = find(id);
        targets.decide(id, clientId, verdict(verdict), reason, caller.key());
        redirect.addAttribute("workflow", job.workflow());
        redirect.addFlashAttribute("done", "target.decided");
        return "redirect:/console/jobs/" + id + "/targets/" + clientId;
    }

    private static Verdict verdict(@Nullable String text) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.text().equals(text))
                .findFirst()
                .orElseThrow(() -> InvalidRequest.of("verdict", "is missing; choose what happened to the action"));
    }

    private Job find(UUID id) {
        return jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
    }
}
