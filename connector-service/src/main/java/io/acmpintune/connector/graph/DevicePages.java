package io.acmpintune.connector.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The pages of one pass over Intune's device list, read one page ahead: the next page is requested as soon as its link has arrived,
 * while the rows of the current page are still arriving.
 */
public final class DevicePages implements AutoCloseable {

    /** Far more than any tenant has. Ends a list whose links never end, which other Graph endpoints have been seen to return. */
    private static final int MAX_DEVICES = 10_000_000;
    /** For small pages: followed links are kept in memory to detect repetition. */
    private static final int MAX_PAGES = 100_000;

    private final GraphTransport transport;
    private final PageFetcher fetcher;
    private final int maxPages;
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> followedLinks = new HashSet<>();
    private @Nullable Page nextPage;

    /** A page being read; its link to the next page arrives before its rows. */
    private record Page(CompletableFuture<Optional<String>> nextLink, CompletableFuture<List<DeviceRow>> rows) {}

    DevicePages(GraphTransport transport, PageFetcher fetcher, int pageSize, @Nullable String filter) {
        this.transport = transport;
        this.fetcher = fetcher;
        this.maxPages = Math.min(MAX_PAGES, MAX_DEVICES / pageSize);
        this.nextPage = request(() -> transport.send(graph -> graph.deviceManagement()
                .managedDevices()
                .toGetRequestInformation(request -> {
                    request.queryParameters.top = pageSize;
                    request.queryParameters.select = DeviceJson.columns();
                    request.queryParameters.filter = filter;
                }), calls::incrementAndGet));
    }

    /**
     * Returns the next page's rows; empty after the last page.
     *
     * @throws GraphException when it cannot be read, Graph accepts no requests for longer than a scan waits, or the links repeat or
     *             do not end
     * @throws CancellationException when the thread is interrupted
     */
    public Optional<List<DeviceRow>> next() {
        Page page = nextPage;
        if (page == null) {
            return Optional.empty();
        }
        Optional<String> link = await(page.nextLink());
        link.filter(next -> !followedLinks.add(next)).ifPresent(_ -> {
            throw failure("Graph returned the same next page twice");
        });
        if (followedLinks.size() >= maxPages) {
            throw failure("Graph returned " + maxPages + " next pages, more than any tenant has");
        }
        nextPage = link.map(next -> request(() -> transport.follow(next, calls::incrementAndGet))).orElse(null);
        return Optional.of(await(page.rows()));
    }

    /** Returns the number of requests sent to Graph so far, including retries. */
    public int calls() {
        return calls.get();
    }

    /** Stops reading; a page being read is dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private Page request(Supplier<GraphTransport.Answer> request) {
        Page page = new Page(new CompletableFuture<>(), new CompletableFuture<>());
        threads.execute(() -> {
            try {
                List<DeviceRow> rows = fetcher.fetch(request, link -> page.nextLink().complete(Optional.of(link)));
                page.nextLink().complete(Optional.empty());
                page.rows().complete(rows);
            } catch (RuntimeException | Error e) {
                page.nextLink().completeExceptionally(e);
                page.rows().completeExceptionally(e);
            }
        });
        return page;
    }

    private static GraphException failure(String reason) {
        return new GraphException(GraphError.noAnswer(reason).toProblem());
    }

    /** Interruptible, because Graph may have deferred the page for hours when the process wants to stop. */
    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a page could not be read", e.getCause());
        }
    }
}
