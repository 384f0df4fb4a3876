package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Finds the clients of an order, and evaluates each of them. */
@Component
class Targeting {

    private final CandidateRepository candidates;
    private final ClientSearch clients;
    private final Workflows workflows;

    Targeting(CandidateRepository candidates, ClientSearch clients, Workflows workflows) {
        this.candidates = candidates;
        this.clients = clients;
        this.workflows = workflows;
    }

    /**
     * Returns the clients of an order, each with its refusal if it has one.
     *
     * @throws ProblemException 409 if a filter finds other clients than previewed, or too many
     */
    List<EvaluatedTarget> evaluate(JobOrder order) {
        ClientFilter filter = order.filter();
        List<UUID> chosen = filter == null ? order.clients() : find(order, filter);
        return candidates.find(order.workflow(), order.queryAction(), chosen)
                .stream()
                .map(candidate -> EvaluatedTarget.of(order.queryAction(), order.workflow(), candidate))
                .toList();
    }

    private List<UUID> find(JobOrder order, ClientFilter filter) {
        Workflow workflow = workflows.find(order.workflow()).orElseThrow();
        List<UUID> found = clients.ids(workflow, filter, JobOrder.MOST_CLIENTS + 1);
        checkSize(found.size() > JobOrder.MOST_CLIENTS ? clients.count(workflow, filter) : found.size());
        ClientSet previewed = order.clientSet();
        if (previewed != null) {
            checkSet(previewed, ClientSet.of(found));
        }
        return found;
    }

    private static void checkSet(ClientSet previewed, ClientSet now) {
        if (!previewed.equals(now)) {
            String change = previewed.count() == now.count()
                    ? "others than the " + previewed.count() + " that were previewed"
                    : "not the " + previewed.count() + " that were previewed";
            throw new ProblemException(Problem
                    .of(ProblemKind.CLIENT_SET_CHANGED,
                            "The filter finds " + now.count() + " clients now, " + change + "; no device was reached.",
                            "Preview the filter again, check the clients, then send the new clientSet.")
                    .withErrors(List.of(new Problem.FieldError("clientSet", "is of " + previewed.count()
                            + " clients; the filter finds " + now.count() + " now, " + change))));
        }
    }

    private static void checkSize(int count) {
        if (count > JobOrder.MOST_CLIENTS) {
            throw new ProblemException(Problem
                    .of(ProblemKind.TOO_MANY_CLIENTS,
                            "The filter finds " + count + " clients; at most " + JobOrder.MOST_CLIENTS
                                    + " are taken at once.",
                            "Narrow the filter down.")
                    .withErrors(List.of(new Problem.FieldError("filter", "finds " + count + " clients; at most "
                            + JobOrder.MOST_CLIENTS + " are taken at once"))));
        }
    }
}
