package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.Permit;
import io.acmpintune.connector.budget.Quota;
import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.budget.RequestCost;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Submits device actions to Intune in batches. */
public final class GraphActions {

    /** Short, because the send lane has other work to do. */
    private static final Duration MAX_CLOSED_WAIT = Duration.ofSeconds(10);

    private final GraphTransport transport;
    private final BatchSender sender;
    private final JsonMapper json;
    private final GraphErrorReader errors;
    private final RequestBudget budget;

    GraphActions(GraphTransport transport, BatchSender sender, JsonMapper json, GraphErrorReader errors,
            RequestBudget budget) {
        this.transport = transport;
        this.sender = sender;
        this.json = json;
        this.errors = errors;
        this.budget = budget;
    }

    /**
     * Waits until the budget has room for some actions and deducts them. Call it before marking actions as being sent: while this
     * waits, they can still be cancelled.
     *
     * @return false if Intune has closed the budget for longer than a lane waits, or calls keep failing; try again later
     */
    public boolean reserve(int count) {
        if (transport.circuitBreaker().openFor().isPositive()) {
            return false;
        }
        return switch (budget.await(RequestCost.actions(count), MAX_CLOSED_WAIT)) {
            case Permit.Granted() -> true;
            case Permit.Blocked _ -> false;
        };
    }

    /**
     * Submits actions, each at most once. The caller must have {@link #reserve reserved} them.
     *
     * @param orders at most 20
     * @param beforeSending runs right before each request; throws {@link SendingStoppedException} if nothing may be sent any more
     * @return the result of each, by action id
     */
    public Map<UUID, Submission> submit(List<ActionOrder> orders, Runnable beforeSending) {
        Map<UUID, Submission> submissions = new LinkedHashMap<>();
        for (ApiVersion version : ApiVersion.values()) {
            Map<String, ActionRequest> requests = new LinkedHashMap<>();
            orders.forEach(order -> requests.put(order.actionId().toString(), ActionRequest.of(order)));
            requests.values().removeIf(request -> request.version() != version);
            if (!requests.isEmpty()) {
                submit(version, requests, beforeSending)
                        .forEach((id, submission) -> submissions.put(UUID.fromString(id), submission));
            }
        }
        return submissions;
    }

    private Map<String, Submission> submit(ApiVersion version, Map<String, ActionRequest> requests,
            Runnable beforeSending) {
        Batch batch = new Batch(version, json);
        requests.forEach(batch::post);
        BatchResult result = sender.send(batch, Quota.WRITES, requests.keySet(), beforeSending);
        // an error may repeat the body of the request
        List<String> secrets = requests.values().stream().flatMap(ActionRequest::secrets).toList();
        Map<String, Submission> submissions = new LinkedHashMap<>();
        requests.keySet().forEach(id -> submissions.put(id, switch (result) {
            case BatchResult.Answered(var at, var items) -> submission(at, items.get(id));
            case BatchResult failed -> failure(failed, null);
        }));
        submissions.replaceAll((_, submission) -> submission.redact(secrets));
        return submissions;
    }

    private Submission submission(Instant at, Batch.@Nullable Item item) {
        if (item == null) {
            return new Submission.Uncertain(
                    GraphError.noAnswer("Graph's answer to the batch does not contain this action").toProblem(), null);
        }
        if (item.status() >= 200 && item.status() < 300) {
            return new Submission.Accepted(at, item.requestId());
        }
        GraphError error = errors.read(item.status(), item.body().toString(), item.requestId());
        return ApprovalRequirement.in(item.header(ActionRequest.APPROVAL_CODE), error)
                .map(required -> approval(required, error))
                .orElseGet(() -> failure(sender.failure(error, item.header("Retry-After")), error.requestId()));
    }

    private static Submission approval(ApprovalRequirement.Required required, GraphError error) {
        return required.code() == null
                ? new Submission.Refused(Problem.of(ProblemKind.APPROVAL_NOT_POSSIBLE, error.status(),
                        error.toProblem().detail(),
                        "Exclude the application from Intune's access policy for device actions (Multi Admin Approval),"
                                + " or run the action in Intune's admin center."),
                        error.requestId())
                : new Submission.ApprovalRequired(required.code(), error.requestId());
    }

    private static Submission failure(BatchResult failed, @Nullable String requestId) {
        return switch (failed) {
            case BatchResult.Refused(var error) -> new Submission.Refused(error.toProblem(), error.requestId());
            case BatchResult.NotSent(var pause, var problem) -> new Submission.NotSent(pause, problem);
            case BatchResult.Lost(var error) -> new Submission.Uncertain(error.toProblem(), requestId);
            case BatchResult.Answered _ -> throw new IllegalStateException("an answer is not a failure");
        };
    }
}
