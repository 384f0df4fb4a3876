package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
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
     * @throws ProblemException 409 if a filter finds another number of clients than expected, or too many
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
        checkCount(found.size() > JobOrder.MOST_CLIENTS ? clients.count(workflow, filter) : found.size(),
                order.expectedCount());
        return found;
    }

    private static void checkCount(int count, @Nullable Integer expected) {
        if (expected != null && expected != count) {
            throw new ProblemException(Problem
                    .of(ProblemKind.COUNT_MISMATCH,
                            "The filter finds " + count + " clients now, not " + expected + "; no device was reached.",
                            "Look at what the filter finds, then send the query action with expectedCount " + count
                                    + ".")
                    .withErrors(List.of(new Problem.FieldError("expectedCount", "is " + expected + "; " + count
                            + " clients fit the filter now"))));
        }
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
