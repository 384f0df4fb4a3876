package io.acmpintune.engine.job;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Finds the clients that an order means, and judges each of them. */
@Component
class Targeting {

    private static final int CONFLICT = 409;

    private final CandidateRepository candidates;

    Targeting(CandidateRepository candidates) {
        this.candidates = candidates;
    }

    /**
     * The clients of an order, each with its refusal or without one.
     *
     * @throws ProblemException 409 when a filter finds another number of clients than expected, or too many
     */
    List<EvaluatedTarget> judge(JobOrder order) {
        ClientFilter filter = order.filter();
        List<Candidate> meant = filter == null
                ? candidates.chosen(order.workflow(), order.queryAction(), order.clients())
                : candidates.matching(order.workflow(), order.queryAction(), filter, JobOrder.MOST_CLIENTS + 1);
        if (filter != null) {
            int count = meant.size() > JobOrder.MOST_CLIENTS
                    ? candidates.count(order.workflow(), filter)
                    : meant.size();
            checkCount(count, order.expectedCount());
        }
        return meant.stream()
                .map(candidate -> EvaluatedTarget.of(order.queryAction(), order.workflow(), candidate))
                .toList();
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
