package io.acmpintune.connector.graph;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * The pages of one pass over Intune's devices, one read ahead: the request for a page leaves as soon as the page before has
 * told its link, while that one's rows are still arriving.
 */
public final class DevicePages implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DevicePages.class);

    /** Longer than this the scan does not stand still: it ends and says when the next can be. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** No tenant comes near; an endless list of links that all differ does, as another endpoint of Graph's once had one. */
    private static final int MOST_DEVICES = 10_000_000;
    /** The same for small pages: the links that were followed are kept, to know a circle. */
    private static final int MOST_PAGES = 100_000;

    private final GraphTransport transport;
    private final PageReader reader;
    private final GraphErrorReader errors;
    private final InstantSource clock;
    private final RequestBudget budget;
    private final RetryDelays pauses;
    private final int mostPages;
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> followed = new HashSet<>();
    private @Nullable Page coming;

    /** A page under way: its link to the next is there before its rows are. */
    private record Page(CompletableFuture<Optional<String>> nextLink, CompletableFuture<List<DeviceRow>> rows) {}

    DevicePages(GraphTransport transport, PageReader reader, GraphErrorReader errors, InstantSource clock,
            RequestBudget budget,
            RetryDelays pauses, int pageSize, @Nullable String filter) {
        this.transport = transport;
        this.reader = reader;
        this.errors = errors;
        this.clock = clock;
        this.budget = budget;
        this.pauses = pauses;
        this.mostPages = Math.min(MOST_PAGES, MOST_DEVICES / pageSize);
        this.coming = request(() -> transport.send(graph -> graph.deviceManagement()
                .managedDevices()
                .toGetRequestInformation(request -> {
                    request.queryParameters.top = pageSize;
                    request.queryParameters.select = DeviceJson.columns();
                    request.queryParameters.filter = filter;
                }), calls::incrementAndGet));
    }

    /**
     * The next page's rows; empty after the last page.
     *
     * @throws GraphException when it cannot be read, Graph wants no requests for longer than a scan may stand still, or the links go
     *             in a circle or do not end
     * @throws CancellationException when the thread is interrupted
     */
    public Optional<List<DeviceRow>> next() {
        Page page = coming;
        if (page == null) {
            return Optional.empty();
        }
        Optional<String> link = await(page.nextLink());
        link.filter(next -> !followed.add(next)).ifPresent(_ -> {
            throw new GraphException(GraphError.noAnswer("Graph named the same next page twice").toProblem());
        });
        if (followed.size() >= mostPages) {
            throw new GraphException(GraphError
                    .noAnswer("Graph named a next page " + mostPages + " times, and no tenant has so many devices")
                    .toProblem());
        }
        coming = link.map(next -> request(() -> transport.follow(next, calls::incrementAndGet))).orElse(null);
        return Optional.of(await(page.rows()));
    }

    /** Requests sent to Graph for these pages so far, repeated ones included. */
    public int calls() {
        return calls.get();
    }

    /** Ends reading; a page under way is dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private Page request(Supplier<GraphTransport.Answer> send) {
        Page page = new Page(new CompletableFuture<>(), new CompletableFuture<>());
        threads.execute(() -> {
            try {
                List<DeviceRow> rows = read(send, page.nextLink());
                page.nextLink().complete(Optional.empty());
                page.rows().complete(rows);
            } catch (RuntimeException | Error e) {
                page.nextLink().completeExceptionally(e);
                page.rows().completeExceptionally(e);
            }
        });
        return page;
    }

    private List<DeviceRow> read(Supplier<GraphTransport.Answer> send, CompletableFuture<Optional<String>> nextLink) {
        Problem before = null;
        for (int attempt = 1;; attempt++) {
            if (budget.await(RequestCost.reads(1), PATIENCE) instanceof Permit.Blocked(var left)) {
                throw closed(left);
            }
            Attempt result = attempt(send(send, before), nextLink);
            switch (result) {
                case Attempt.Read(var rows) -> {
                    return rows;
                }
                case Attempt.Failed(var problem, var again, var wait) -> {
                    if (!again || attempt >= pauses.attempts()) {
                        throw new GraphException(problem.toProblem());
                    }
                    Duration pause = wait.orElse(pauses.after(attempt, ThreadLocalRandom.current()));
                    if (pause.compareTo(PATIENCE) > 0) {
                        throw closed(pause);
                    }
                    before = problem.toProblem();
                    log.warn("A page of devices could not be read ({} {}); attempt {} follows in {} ms",
                            problem.status(),
                            problem.text(), attempt + 1, pause.toMillis());
                    pause(pause);
                }
            }
        }
    }

    /** Where calls keep failing, what the last attempt met says more than that there is no other. */
    private static GraphTransport.Answer send(Supplier<GraphTransport.Answer> send, @Nullable Problem before) {
        try {
            return send.get();
        } catch (GraphException e) {
            throw before == null || !e.pause().isPositive() ? e : new GraphException(before, e.pause());
        }
    }

    private GraphException closed(Duration left) {
        return new GraphException(GraphError.closed(left, clock.instant()).toProblem(), left);
    }

    private sealed interface Attempt {
        record Read(List<DeviceRow> rows) implements Attempt {}

        record Failed(GraphError problem, boolean again, Optional<Duration> pause) implements Attempt {}
    }

    private Attempt attempt(GraphTransport.Answer answer, CompletableFuture<Optional<String>> nextLink) {
        return switch (answer) {
            case GraphTransport.Answer.NotSent(var reason) ->
                new Attempt.Failed(GraphError.noAnswer(reason), true, Optional.empty());
            case GraphTransport.Answer.Lost(var reason) ->
                new Attempt.Failed(GraphError.noAnswer(reason), true, Optional.empty());
            case GraphTransport.Answer.Received(var response) -> response.isSuccessful()
                    ? page(response, nextLink)
                    : refused(response);
        };
    }

    private Attempt page(Response response, CompletableFuture<Optional<String>> nextLink) {
        try (ResponseBody body = response.body()) {
            if (body == null) {
                return broken("the page is empty");
            }
            return new Attempt.Read(reader.read(body.byteStream(), link -> nextLink.complete(Optional.of(link))));
        } catch (JacksonException e) {
            return broken("the page broke off or is no page of devices: " + e.getOriginalMessage());
        }
    }

    private static Attempt broken(String text) {
        return new Attempt.Failed(GraphError.noAnswer(text), true, Optional.empty());
    }

    private Attempt refused(Response response) {
        Optional<Duration> wait = GraphErrorReader.retryAfter(response.header("Retry-After"), clock.instant());
        if (response.code() == 429) {
            budget.throttled(Quota.REQUESTS, wait.orElse(Duration.ZERO));
        }
        try (response) {
            ResponseBody body = response.body();
            GraphError problem = errors.read(response.code(), body == null ? "" : body.string(),
                    response.header("request-id"));
            boolean again = response.code() == 429 || response.code() >= 500;
            return new Attempt.Failed(problem, again, wait);
        } catch (IOException e) {
            return broken("the answer " + response.code() + " broke off: " + e);
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was stopped");
        }
    }

    /** Can be interrupted, since Graph may have put the page off for hours and the process wants to end now. */
    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was stopped");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a page could not be read", e.getCause());
        }
    }
}
