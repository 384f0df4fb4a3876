package io.acmpintune.connector.graph;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.Quota;
import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.tenant.AccessTokenException;

/** Sends a batch once, without retries. */
final class BatchSender {

    private static final Duration RETRY_AFTER_UNREACHABLE = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER_THROTTLED = Duration.ofSeconds(20);
    /** Shorter pauses would amount to a busy loop. */
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);

    private final String root;
    private final GraphTransport transport;
    private final JsonMapper json;
    private final GraphErrorReader errors;
    private final InstantSource clock;
    private final RequestBudget budget;

    /** @param root Graph's address without a version */
    BatchSender(String root, GraphTransport transport, JsonMapper json, GraphErrorReader errors, InstantSource clock,
            RequestBudget budget) {
        this.root = root;
        this.transport = transport;
        this.json = json;
        this.errors = errors;
        this.clock = clock;
        this.budget = budget;
    }

    /** As {@link #send(Batch, Quota, Set, Runnable)}, of a batch that may be sent at any time. */
    BatchResult send(Batch batch, Quota quota, Set<String> ids) {
        return send(batch, quota, ids, () -> {});
    }

    /**
     * @param quota the quota that is throttled when Graph answers 429
     * @param beforeSending runs right before each request; throws {@link SendingStoppedException} if nothing may be sent any more
     */
    BatchResult send(Batch batch, Quota quota, Set<String> ids, Runnable beforeSending) {
        byte[] body = batch.bytes();
        try {
            return switch (transport.send(_ -> request(batch.version(), body), beforeSending)) {
                case GraphTransport.Answer.Received(var response) -> received(response, quota, ids);
                case GraphTransport.Answer.NotSent(var reason) ->
                    new BatchResult.NotSent(RETRY_AFTER_UNREACHABLE, GraphError.noAnswer(reason).toProblem());
                case GraphTransport.Answer.Lost(var reason) -> new BatchResult.Lost(GraphError.noAnswer(reason));
            };
        } catch (AccessTokenException e) {
            return new BatchResult.NotSent(RETRY_AFTER_UNREACHABLE, e.problem());
        } catch (SendingStoppedException e) {
            return new BatchResult.NotSent(MIN_PAUSE, e.problem());
        } catch (GraphException e) {
            // the circuit is open, so nothing was sent
            return new BatchResult.NotSent(e.pause(), e.problem());
        }
    }

    private RequestInformation request(ApiVersion version, byte[] body) {
        RequestInformation information = new RequestInformation(HttpMethod.POST, "{+baseurl}/$batch",
                Map.of("baseurl", root + "/" + version.segment()));
        information.setStreamContent(new ByteArrayInputStream(body), "application/json");
        information.headers.add("Accept", "application/json");
        return information;
    }

    private BatchResult received(Response response, Quota quota, Set<String> ids) {
        int status = response.code();
        Instant at = parseDate(response.header("Date"));
        String requestId = response.header("request-id");
        String retryAfter = response.header("Retry-After");
        try {
            String text = GraphTransport.text(response);
            Map<String, Batch.Item> items = response.isSuccessful() ? Batch.answers(json, text, ids) : Map.of();
            recordThrottling(quota, status, retryAfter, items.values());
            return response.isSuccessful()
                    ? new BatchResult.Answered(at, items)
                    : failure(errors.read(status, text, requestId), retryAfter);
        } catch (JacksonException | UncheckedIOException e) {
            return new BatchResult.Lost(GraphError.noAnswer("the answer is incomplete: " + e.getMessage()));
        }
    }

    /** Slows the budget down when Graph throttles the batch or some of its items. */
    private void recordThrottling(Quota quota, int status, @Nullable String retryAfter, Collection<Batch.Item> items) {
        List<Duration> waits = new ArrayList<>();
        if (status == 429) {
            waits.add(GraphErrorReader.retryAfter(retryAfter, clock.instant()).orElse(Duration.ZERO));
        }
        items.stream()
                .filter(item -> item.status() == 429)
                .map(item -> GraphErrorReader.retryAfter(item.header("Retry-After"), clock.instant())
                        .orElse(Duration.ZERO))
                .forEach(waits::add);
        waits.stream().max(Duration::compareTo).ifPresent(longest -> budget.throttled(quota, longest));
    }

    /** Only 429 and client errors mean that nothing was executed; a 5xx may arrive after Intune accepted the action. */
    BatchResult failure(GraphError error, @Nullable String retryAfter) {
        return switch (error.status()) {
            case 429 -> new BatchResult.NotSent(pause(retryAfter), error.toProblem());
            case 400, 401, 403, 404, 405, 409, 412, 415, 422, 424 -> new BatchResult.Refused(error);
            default -> new BatchResult.Lost(error);
        };
    }

    private Duration pause(@Nullable String retryAfter) {
        return GraphErrorReader.retryAfter(retryAfter, clock.instant())
                .map(requested -> requested.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : requested)
                .orElse(RETRY_AFTER_THROTTLED);
    }

    private Instant parseDate(@Nullable String date) {
        try {
            return date == null
                    ? clock.instant()
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException _) {
            return clock.instant();
        }
    }
}
