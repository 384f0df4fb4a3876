package io.acmpintune.engine.console.approval;

import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.console.TwoPersonView;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.safety.WorkflowLock;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;

/** Lists what needs a second person in any workflow: requests for approval and locks. */
@Controller
class ApprovalListController {

    private static final int DECIDED_SHOWN = 20;

    private final Approvals approvals;
    private final Locks locks;

    ApprovalListController(Approvals approvals, Locks locks) {
        this.approvals = approvals;
        this.locks = locks;
    }

    /** A pending request, and whether the viewer can approve it. */
    record Waiting(ApprovalRequest approval, boolean mine) {}

    /** A locked workflow, and the progress of its release. */
    record Locked(WorkflowLock lock, TwoPersonView turn) {}

    @GetMapping("/console/approvals")
    String list(Identity viewer, Model model) {
        List<ApprovalRequest> all = approvals.all(null);
        model.addAttribute("waiting", all.stream()
                .filter(approval -> approval.state() == ApprovalRequest.State.PENDING)
                .map(approval -> new Waiting(approval, approvals.objection(approval, true, viewer).isEmpty()))
                .toList());
        model.addAttribute("decided", all.stream()
                .filter(approval -> approval.state() != ApprovalRequest.State.PENDING)
                .limit(DECIDED_SHOWN)
                .toList());
        model.addAttribute("locks", locks.all()
                .stream()
                .map(lock -> new Locked(lock, TwoPersonView.of(locks.progress(lock, viewer))))
                .toList());
        return "console/approvals";
    }

    /** Requests the release of a lock, or confirms it. */
    @PostMapping("/console/locks/{workflow}/release")
    String release(@ModelAttribute(name = "workflow", binding = false) Workflow shown,
            @PathVariable("workflow") String locked, Identity caller, RedirectAttributes redirect) {
        WorkflowLock lock = locks.release(locked, caller);
        redirect.addAttribute("workflow", shown.name());
        redirect.addFlashAttribute("done", lock.locked() ? "lock.asked" : "lock.released");
        return "redirect:/console/approvals";
    }
}
