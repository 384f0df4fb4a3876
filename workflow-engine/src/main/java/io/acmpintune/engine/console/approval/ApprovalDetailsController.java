package io.acmpintune.engine.console.approval;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;

/** Shows a request for approval with its devices, and decides it. */
@Controller
class ApprovalDetailsController {

    private static final int DEVICES_SHOWN = 100;

    private final Approvals approvals;
    private final Jobs jobs;

    ApprovalDetailsController(Approvals approvals, Jobs jobs) {
        this.approvals = approvals;
        this.jobs = jobs;
    }

    @GetMapping("/console/approvals/{id}")
    String details(@PathVariable UUID id, Identity viewer, Model model) {
        ApprovalRequest approval = approvals.find(id).orElseThrow(() -> Approvals.unknown(id));
        Job job = jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
        model.addAttribute("approval", approval);
        model.addAttribute("job", job);
        model.addAttribute("targets", jobs.targets(id, null, null, DEVICES_SHOWN).targets());
        model.addAttribute("waits", approval.state() == ApprovalRequest.State.PENDING);
        model.addAttribute("againstApproving", approvals.objection(approval, true, viewer).orElse(null));
        model.addAttribute("mayDeny", approvals.objection(approval, false, viewer).isEmpty());
        return "console/approval";
    }

    @PostMapping("/console/approvals/{id}/decision")
    String decide(@ModelAttribute(name = "workflow", binding = false) Workflow shown, @PathVariable UUID id,
            @RequestParam boolean approve,
            @RequestParam(required = false) @Nullable String reason, Identity caller, RedirectAttributes redirect) {
        // the reason is stored as one line
        approvals.decide(id, approve, reason == null ? null : reason.replaceAll("\\R", " "), caller);
        redirect.addAttribute("workflow", shown.name());
        redirect.addFlashAttribute("done", approve ? "approval.approved" : "approval.denied");
        return "redirect:/console/approvals/" + id;
    }
}
