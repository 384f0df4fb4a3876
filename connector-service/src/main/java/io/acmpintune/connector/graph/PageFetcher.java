package io.acmpintune.connector.graph;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import io.acmpintune.connector.budget.Permit;
import io.acmpintune.connector.budget.Quota;
import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.budget.RequestCost;
import io.acmpintune.model.problem.Problem;

/** Reads one page of Intune's device list within the request budget, with retries. */
final class PageFetcher {

    private static final Logger log = LoggerFactory.getLogger(PageFetcher.class);
    /** A scan that would have to wait longer fails and reports when to try again. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private final PageReader reader;
    private final GraphErrorReader errors;
    private final InstantSource clock;
    private final RequestBudget budget;
    private final RetryDelays delays;

    PageFetcher(PageReader reader, GraphErrorReader errors, InstantSource clock, RequestBudget budget,
            RetryDelays delays) {
        this.reader = reader;
        this.errors = errors;
        this.clock = clock;
        this.budget = budget;
        this.delays = delays;
    }

    private sealed interface Attempt {
        record Succeeded(List<DeviceRow> rows) implements Attempt {}

        /** @param delay requested by Graph */
        record Failed(GraphError error, boolean retryable, Optional<Duration> delay) implements Attempt {}
    }

    /**
     * Reads a page.
     *
     * @param nextLink receives the link to the next page as soon as it has arrived; not called for the last page
     * @throws GraphException when the page cannot be read, or Graph accepts no requests for longer than a scan waits
     * @throws CancellationException when the thread is interrupted
     */
    List<DeviceRow> fetch(Supplier<GraphTransport.Answer> request, Consumer<String> nextLink) {
        Problem previous = null;
        for (int number = 1;; number++) {
            if (budget.await(RequestCost.reads(1), MAX_WAIT) instanceof Permit.Blocked(var remaining)) {
                throw closed(remaining);
            }
            switch (attempt(send(request, previous), nextLink)) {
                case Attempt.Succeeded(var rows) -> {
                    return rows;
                }
                case Attempt.Failed(var error, var retryable, var requested) -> {
                    if (!retryable || number >= delays.attempts()) {
                        throw new GraphException(error.toProblem());
                    }
                    Duration delay = requested.orElse(delays.after(number, ThreadLocalRandom.current()));
                    if (delay.compareTo(MAX_WAIT) > 0) {
                        throw closed(delay);
                    }
                    previous = error.toProblem();
                    log.warn("Could not read a page of devices, will retry: {} (status={}, attempt={}, delayMs={})",
                            error.text(), error.status(), number, delay.toMillis());
                    sleep(delay);
                }
            }
        }
    }

    /** When the circuit opens during retries, the problem of the previous attempt says more than the open circuit. */
    private static GraphTransport.Answer send(Supplier<GraphTransport.Answer> request, @Nullable Problem previous) {
        try {
            return request.get();
        } catch (GraphException e) {
            throw previous == null || !e.pause().isPositive() ? e : new GraphException(previous, e.pause());
        }
    }

    private GraphException closed(Duration remaining) {
        return new GraphException(GraphError.closed(remaining, clock.instant()).toProblem(), remaining);
    }

    private Attempt attempt(GraphTransport.Answer answer, Consumer<String> nextLink) {
        return switch (answer) {
            case GraphTransport.Answer.NotSent(var reason) -> broken(reason);
            case GraphTransport.Answer.Lost(var reason) -> broken(reason);
            case GraphTransport.Answer.Received(var response) -> response.isSuccessful()
                    ? page(response, nextLink)
                    : refused(response);
        };
    }

    private Attempt page(Response response, Consumer<String> nextLink) {
        try (ResponseBody body = response.body()) {
            if (body == null) {
                return broken("the page is empty");
            }
            return new Attempt.Succeeded(reader.read(body.byteStream(), nextLink));
        } catch (JacksonException e) {
            return broken("the page is incomplete or not a page of devices: " + e.getOriginalMessage());
        }
    }

    private static Attempt broken(String reason) {
        return new Attempt.Failed(GraphError.noAnswer(reason), true, Optional.empty());
    }

    private Attempt refused(Response response) {
        Optional<Duration> delay = GraphErrorReader.retryAfter(response.header("Retry-After"), clock.instant());
        if (response.code() == 429) {
            budget.throttled(Quota.REQUESTS, delay.orElse(Duration.ZERO));
        }
        try (response) {
            ResponseBody body = response.body();
            GraphError error = errors.read(response.code(), body == null ? "" : body.string(),
                    response.header("request-id"));
            return new Attempt.Failed(error, response.code() == 429 || response.code() >= 500, delay);
        } catch (IOException e) {
            return broken("the answer (status " + response.code() + ") is incomplete: " + e);
        }
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was interrupted");
        }
    }
}
