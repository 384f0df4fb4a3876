package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.acmpintune.connector.budget.Permit;
import io.acmpintune.connector.budget.Quota;
import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.budget.RequestCost;
import io.acmpintune.model.problem.Problem;

/** Sends batches of reads within the request budget. */
final class BatchReader {

    private static final Duration MAX_CLOSED_WAIT = Duration.ofMinutes(1);

    private final BatchSender sender;
    private final GraphErrorReader errors;
    private final InstantSource clock;
    private final RequestBudget budget;

    BatchReader(BatchSender sender, GraphErrorReader errors, InstantSource clock, RequestBudget budget) {
        this.sender = sender;
        this.errors = errors;
        this.clock = clock;
        this.budget = budget;
    }

    /** The answer to one item of a batch. */
    sealed interface Answer {
        /** Graph answered the item, with any status. */
        record Item(Batch.Item item) implements Answer {}

        /** Graph refused the whole batch. */
        record Refused(Problem problem) implements Answer {}

        /** There is no answer. */
        record None(Problem problem) implements Answer {}
    }

    /**
     * Reads a batch.
     *
     * @param ids at most 20 item ids
     * @param subject what the items are, for problem texts
     * @return one answer for each id
     */
    Map<String, Answer> read(Batch batch, List<String> ids, String subject) {
        BatchResult result = switch (budget.await(RequestCost.reads(Set.copyOf(ids).size()), MAX_CLOSED_WAIT)) {
            case Permit.Granted() -> sender.send(batch, Quota.REQUESTS, Set.copyOf(ids));
            case Permit.Blocked(var remaining) -> new BatchResult.NotSent(remaining,
                    GraphError.closed(remaining, clock.instant()).toProblem());
        };
        Map<String, Answer> answers = new LinkedHashMap<>();
        ids.forEach(id -> answers.put(id, answer(result, id, subject)));
        return answers;
    }

    /** Returns what an item's error status means. */
    Problem problem(Batch.Item item) {
        return errors.read(item.status(), item.body().toString(), item.requestId()).toProblem();
    }

    private static Answer answer(BatchResult result, String id, String subject) {
        return switch (result) {
            case BatchResult.Answered(_, var items) -> {
                Batch.Item item = items.get(id);
                yield item == null
                        ? new Answer.None(GraphError.noAnswer("Graph's answer does not contain " + subject).toProblem())
                        : new Answer.Item(item);
            }
            case BatchResult.Refused(var error) -> new Answer.Refused(error.toProblem());
            case BatchResult.NotSent(_, var problem) -> new Answer.None(problem);
            case BatchResult.Lost(var error) -> new Answer.None(error.toProblem());
        };
    }
}
