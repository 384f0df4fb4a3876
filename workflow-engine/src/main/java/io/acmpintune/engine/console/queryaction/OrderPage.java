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

/** The page of a query action: the clients it affects, those it refuses, and the form that starts it. */
@Component
class OrderPage {

    /** How many devices are listed, of those that are affected and of those that are refused. */
    private static final int SHOWN = 100;
    private static final int BAD_REQUEST = 400;

    private final QueryActions queryActions;

    OrderPage(QueryActions queryActions) {
        this.queryActions = queryActions;
    }

    /** The form again, with what was wrong with it. */
    ModelAndView refused(Order order, Workflow workflow, Frame frame, Identity viewer, Problem problem) {
        WrongInput wrong = WrongInput.of(problem, order.form().clients().size(), frame.labels());
        // the same key would always mean the job that was started under it
        boolean used = problem.kind() == ProblemKind.IDEMPOTENCY_KEY_REUSED;
        ModelAndView page = show(order, workflow, viewer, wrong, used ? null : order.form().key());
        page.setStatus(HttpStatusCode.valueOf(problem.status() == 0 ? BAD_REQUEST : problem.status()));
        return page;
    }

    ModelAndView empty(Order order, Workflow workflow, Identity viewer) {
        return show(order, workflow, viewer, WrongInput.NONE, null);
    }

    /**
     * The action to start.
     *
     * @param address where the form is sent
     * @param retryOf the job whose failed devices are retried; null = none
     * @param asksForCode whether the form asks for an unlock code
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
        return queryActions.preview(request, viewer.key(), new Preview.Window(show, null, SHOWN));
    }

    /** Returns the signed-in person; these pages are for nobody else. */
    static SignedInPerson person(Frame frame) {
        return Objects.requireNonNull(frame.person(), "somebody has signed in");
    }

    /** Returns whether a refusal is shown in the form, where the person can correct it or try again. */
    static boolean isShownInTheForm(ProblemException refusal) {
        return refusal.problem().status() < 500;
    }
}
