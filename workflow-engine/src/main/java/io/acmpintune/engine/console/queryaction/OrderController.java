package io.acmpintune.engine.console.queryaction;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.console.ActionPage;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Starts query actions on selected clients. */
@Controller
class OrderController {

    private final QueryActions queryActions;
    private final OrderPage page;

    OrderController(QueryActions queryActions, OrderPage page) {
        this.queryActions = queryActions;
        this.page = page;
    }

    /** Shows the form. A selection that is too long for an address is posted; nothing is changed. */
    @RequestMapping(path = "/console/actions/{action}", method = {RequestMethod.GET, RequestMethod.POST})
    ModelAndView form(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @PathVariable("action") String name, @ModelAttribute("form") OrderForm form, Identity viewer) {
        return page.empty(order(ActionPage.named(name), OrderForm.empty(form.client())), workflow, viewer);
    }

    @PostMapping("/console/actions/{action}/job")
    ModelAndView start(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable("action") String name,
            @ModelAttribute("form") OrderForm form, Identity caller, RedirectAttributes redirect) {
        QueryAction action = ActionPage.named(name);
        try {
            Job job = queryActions.start(form.request(action, workflow.name(), OrderPage.person(frame)), caller.key(),
                    form.key());
            redirect.addAttribute("workflow", workflow.name());
            redirect.addFlashAttribute("started", true);
            return new ModelAndView("redirect:/console/jobs/" + job.id());
        } catch (ProblemException e) {
            if (form.clients().isEmpty() || !OrderPage.isShownInTheForm(e)) {
                throw e;
            }
            return page.refused(order(action, form), workflow, frame, caller, e.problem());
        }
    }

    private static OrderPage.Order order(QueryAction action, OrderForm form) {
        return new OrderPage.Order(action, form, ActionPage.of(action).path() + "/job", null,
                action == QueryAction.WIPE);
    }
}
