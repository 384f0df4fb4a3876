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
 * States of the workflows' connectors, for pages that must not wait long for a silent one. A connector is asked once every few
 * seconds at most, however many pages are loaded.
 */
@Component
class ConnectorStates implements DisposableBean {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration VALID_FOR = Duration.ofSeconds(5);

    private final ConnectorClients connectors;
    private final JsonMapper json;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Request> requests = new ConcurrentHashMap<>();

    ConnectorStates(ConnectorClients connectors, JsonMapper json, InstantSource clock) {
        this.connectors = connectors;
        this.json = json;
        this.clock = clock;
    }

    /** State of a connector. */
    sealed interface State {
        record Known(ConnectorStatus status) implements State {}

        record Unknown(Problem problem) implements State {}
    }

    /** A pending or completed request. */
    private record Request(CompletableFuture<State> answer, Instant sent) {}

    /** Requests the state without waiting for it. */
    CompletableFuture<State> request(Workflow workflow) {
        Instant now = clock.instant();
        return requests.compute(workflow.name(), (_, last) -> last != null && isFresh(last, now)
                ? last
                : new Request(CompletableFuture.supplyAsync(() -> fetch(workflow), threads), now)).answer();
    }

    /** Waits for the answer for a short time. */
    State await(Workflow workflow, CompletableFuture<State> answer) {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new State.Unknown(Problem.of(ProblemKind.CONNECTOR_TIMEOUT,
                    workflow.connectorUrl() + " has not answered within " + TIMEOUT.toSeconds() + " s.",
                    "Reload the page. If it happens again, check the connector-service and the network in between."));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot get the state of the connector of " + workflow, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted by shutdown", e);
        }
    }

    private static boolean isFresh(Request request, Instant now) {
        return !request.answer().isDone() || request.sent().plus(VALID_FOR).isAfter(now);
    }

    private State fetch(Workflow workflow) {
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
