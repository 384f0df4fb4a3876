package io.acmpintune.engine.console.queryaction;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobRetries;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.engine.workflow.UnknownWorkflow;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows the form for retrying a job's failed targets, and starts the retry as a new job; see {@link JobRetries#of}. */
@Controller
class RetryController {

    private final QueryActions queryActions;
    private final JobRetries retries;
    private final OrderPage page;
    private final Workflows workflows;

    RetryController(QueryActions queryActions, JobRetries retries, OrderPage page, Workflows workflows) {
        this.queryActions = queryActions;
        this.retries = retries;
        this.page = page;
        this.workflows = workflows;
    }

    @GetMapping("/console/jobs/{id}/retry")
    ModelAndView form(@PathVariable UUID id, Identity viewer) {
        JobRetries.Retry retry = retries.of(id);
        return page.empty(order(id, retry, OrderForm.empty(null)), workflow(retry), viewer);
    }

    @PostMapping("/console/jobs/{id}/retry")
    ModelAndView start(@ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable UUID id,
            @ModelAttribute("form") OrderForm form, Identity caller, RedirectAttributes redirect) {
        try {
            Job job = queryActions.retry(id, form.retry(OrderPage.person(frame)), caller.key(), form.key());
            redirect.addAttribute("workflow", job.workflow());
            redirect.addFlashAttribute("started", true);
            return new ModelAndView("redirect:/console/jobs/" + job.id());
        } catch (ProblemException e) {
            if (!OrderPage.isShownInTheForm(e)) {
                throw e;
            }
            JobRetries.Retry retry = retries.of(id);
            return page.refused(order(id, retry, form), workflow(retry), frame, caller, e.problem());
        }
    }

    private static OrderPage.Order order(UUID job, JobRetries.Retry retry, OrderForm form) {
        List<@Nullable String> clients = retry.order()
                .clients()
                .stream()
                .<@Nullable String>map(UUID::toString)
                .toList();
        return new OrderPage.Order(retry.order().queryAction(), form.on(clients), "/console/jobs/" + job + "/retry",
                job, retry.hadCode());
    }

    private Workflow workflow(JobRetries.Retry retry) {
        String name = retry.order().workflow();
        return workflows.find(name).orElseThrow(() -> UnknownWorkflow.removed(name));
    }
}
