package io.acmpintune.engine.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * How the workflows' connectors stand, for pages that do not wait for one that is silent. A connector is asked at most every few
 * seconds and never twice at once, however many look.
 */
@Component
class ConnectorStates implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final ConnectorClients connectors;
    private final JsonMapper json;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    ConnectorStates(ConnectorClients connectors, JsonMapper json, InstantSource clock) {
        this.connectors = connectors;
        this.json = json;
        this.clock = clock;
    }

    /** What is known of a connector. */
    sealed interface State {
        record Known(ConnectorStatus status) implements State {}

        record Unknown(Problem problem) implements State {}
    }

    /** A question under way, or its answer. */
    private record Look(CompletableFuture<State> answer, Instant asked) {}

    /** Asks the connector, beginning now. */
    CompletableFuture<State> ask(Workflow workflow) {
        Instant now = clock.instant();
        return looks.compute(workflow.name(), (_, last) -> last != null && isFresh(last, now)
                ? last
                : new Look(CompletableFuture.supplyAsync(() -> look(workflow), threads), now)).answer();
    }

    /** The answer, where it comes in time. */
    State await(Workflow workflow, CompletableFuture<State> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new State.Unknown(Problem.of(ProblemKind.CONNECTOR_TIMEOUT,
                    workflow.connectorUrl() + " has not answered within " + PATIENCE.toSeconds() + " s.",
                    "Load the page again; if it stays, look at the connector-service and at the network between."));
        } catch (ExecutionException e) {
            throw new IllegalStateException("The state of " + workflow + "'s connector", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service stops", e);
        }
    }

    private static boolean isFresh(Look look, Instant now) {
        return !look.answer().isDone() || look.asked().plus(FRESH).isAfter(now);
    }

    private State look(Workflow workflow) {
        try {
            return new State.Known(connectors.of(workflow).status(workflow.connector()));
        } catch (RestClientException e) {
            return new State.Unknown(ConnectorProblem.of(workflow, e, json));
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
