package io.acmpintune.engine.console.queryaction;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.job.Preview;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActionRequest;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** The page of a query action: whom it reaches and whom not, and the form that starts it. */
@Component
class OrderPage {

    /** So many devices are shown by name, of those that are reached and of those that are not. */
    private static final int SHOWN = 100;
    private static final int BAD_REQUEST = 400;

    private final QueryActions queryActions;

    OrderPage(QueryActions queryActions) {
        this.queryActions = queryActions;
    }

    /** The form again, with what was wrong with it. */
    ModelAndView refused(Order order, Workflow workflow, Frame frame, Identity viewer, Problem problem) {
        WrongInput wrong = WrongInput.of(problem, order.form().clients().size(), frame.labels());
        // the same key would only ever mean the job that it stands for
        boolean used = problem.kind() == ProblemKind.IDEMPOTENCY_KEY_REUSED;
        ModelAndView page = show(order, workflow, viewer, wrong, used ? null : order.form().key());
        page.setStatus(HttpStatusCode.valueOf(problem.status() == 0 ? BAD_REQUEST : problem.status()));
        return page;
    }

    ModelAndView empty(Order order, Workflow workflow, Identity viewer) {
        return show(order, workflow, viewer, WrongInput.NONE, null);
    }

    /**
     * What is to be started.
     *
     * @param address the form is sent to it
     * @param retryOf the job whose failed devices these are; null = it is an order of its own
     * @param asksForCode whether an unlock code may, or has to, be given
     */
    record Order(QueryAction action, OrderForm form, String address, @Nullable UUID retryOf, boolean asksForCode) {}

    private ModelAndView show(Order order, Workflow workflow, Identity viewer, WrongInput wrong,
            @Nullable String key) {
        ModelAndView page = new ModelAndView("console/order");
        page.addObject("order", order);
        page.addObject("count", order.form().clients().size());
        page.addObject("clients", String.join(",", order.form().clients()));
        page.addObject("wrong", wrong);
        page.addObject("key", key == null || key.isBlank() ? UUID.randomUUID().toString() : key);
        page.addObject("longestTitle", Notification.LONGEST_TITLE);
        page.addObject("longestBody", Notification.LONGEST_BODY);
        if (!order.form().clients().isEmpty()) {
            QueryActionRequest request = order.form().preview(order.action(), workflow.name());
            page.addObject("reached", preview(request, viewer, Preview.Show.REACHED));
            page.addObject("refused", preview(request, viewer, Preview.Show.REFUSED));
        }
        return page;
    }

    private Preview preview(QueryActionRequest request, Identity viewer, Preview.Show show) {
        return queryActions.preview(request, viewer.name(), new Preview.Window(show, null, SHOWN));
    }

    /** Who has signed in: nobody else comes to these pages. */
    static SignedInPerson person(Frame frame) {
        return Objects.requireNonNull(frame.person(), "somebody has signed in");
    }

    /** True for what whoever filled in the form can put right, or try again. */
    static boolean isToldInTheForm(ProblemException refusal) {
        return refusal.problem().status() < 500;
    }
}
