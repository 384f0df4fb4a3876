package io.acmpintune.connector.graph;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.Budget;
import io.acmpintune.connector.budget.Kind;
import io.acmpintune.connector.budget.Room;
import io.acmpintune.connector.budget.Spend;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.NoAccessToken;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** One connector's Intune, as Microsoft Graph shows it. Safe for use by many threads. */
public final class Graph {

    private static final Duration UNTIL_REACHED = Duration.ofSeconds(15);
    private static final Duration UNTIL_ALLOWED = Duration.ofSeconds(20);
    /** A wait of some milliseconds would be a loop that asks and is refused. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LOOK_PATIENCE = Duration.ofMinutes(1);
    /** The lane that sends has more to do than to wait. */
    private static final Duration ACTION_PATIENCE = Duration.ofSeconds(10);
    private static final String DEVICES = "/deviceManagement/managedDevices/";

    private final GraphTransport transport;
    private final JsonMapper json;
    private final PageReader pages;
    private final GraphErrors errors;
    private final DeviceJson devices;
    private final InstantSource clock;
    private final Budget budget;

    public Graph(Connector connector, AccessTokens tokens, @Nullable SslBundle tls, JsonMapper json,
            InstantSource clock, Budget budget) {
        this.transport = new GraphTransport(connector, tokens, tls);
        this.json = json;
        this.pages = new PageReader(json);
        this.errors = new GraphErrors(json);
        this.devices = new DeviceJson(json);
        this.clock = clock;
        this.budget = budget;
    }

    /** Starts a pass over all devices. */
    public DevicePages devices(int pageSize) {
        return new DevicePages(transport, pages, errors, clock, budget, Pauses.READING, pageSize, null);
    }

    /**
     * Starts a pass over the devices that have checked in after a moment. Graph is known to ignore a filter without a word, so
     * more may come.
     */
    public DevicePages devicesCheckedInAfter(Instant after, int pageSize) {
        return new DevicePages(transport, pages, errors, clock, budget, Pauses.READING, pageSize,
                "lastSyncDateTime gt " + after.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Waits until the budget has room for so many actions, and pays for them. To be called before an action is said to be on its
     * way: what waits here can still be cancelled.
     *
     * @return false when Intune has closed the budget for longer than a lane stands still: look again later
     */
    public boolean makeRoomForActions(int number) {
        return switch (budget.await(Spend.actions(number), ACTION_PATIENCE)) {
            case Room.Made() -> true;
            case Room.Closed _ -> false;
        };
    }

    /**
     * Hands actions to Intune, each at most once; the caller made room for them.
     *
     * @param orders at most 20
     * @return what became of each, by action id
     */
    public Map<UUID, Submission> submit(List<ActionOrder> orders) {
        Batch batch = new Batch(json);
        orders.forEach(order -> batch.post(order.actionId().toString(),
                DEVICES + order.deviceId() + "/" + order.kind().graphName()));
        Sent sent = send(batch, Kind.WRITES, orders.stream().map(order -> order.actionId().toString()).toList());
        Map<UUID, Submission> submissions = new LinkedHashMap<>();
        for (ActionOrder order : orders) {
            submissions.put(order.actionId(), switch (sent) {
                case Sent.Answered(var at, var items) -> submission(at, items.get(order.actionId().toString()));
                case Sent.Failed(var submission) -> submission;
            });
        }
        return submissions;
    }

    /**
     * Reads devices one by one, for what became of actions on them.
     *
     * @param ids at most 20
     */
    public Map<DeviceId, DeviceLook> look(List<DeviceId> ids) {
        Batch batch = new Batch(json);
        ids.forEach(id -> batch.get(id.value(),
                DEVICES + id + "?$select=id,managementState,deviceActionResults,lastSyncDateTime"));
        Sent sent = switch (budget.await(Spend.reads(ids.size()), LOOK_PATIENCE)) {
            case Room.Made() -> send(batch, Kind.REQUESTS, ids.stream().map(DeviceId::value).toList());
            case Room.Closed(var left) -> new Sent.Failed(
                    new Submission.NotSent(left, GraphProblem.closed(left, clock.instant()).toProblem()));
        };
        Map<DeviceId, DeviceLook> seen = new LinkedHashMap<>();
        for (DeviceId id : ids) {
            seen.put(id, switch (sent) {
                case Sent.Answered(_, var items) -> look(items.get(id.value()));
                case Sent.Failed(Submission.Refused(var problem)) -> new DeviceLook.Unknown(problem);
                case Sent.Failed(Submission.NotSent(_, var problem)) -> new DeviceLook.Unknown(problem);
                case Sent.Failed(Submission.Uncertain(var problem)) -> new DeviceLook.Unknown(problem);
                case Sent.Failed(Submission.Accepted _) ->
                    throw new IllegalStateException("no failure is an acceptance");
            });
        }
        return seen;
    }

    /** A batch's answer, or what its failure means for each of its items. */
    private sealed interface Sent {
        record Answered(Instant at, Map<String, Batch.Item> items) implements Sent {}

        record Failed(Submission each) implements Sent {}
    }

    private Sent send(Batch batch, Kind kind, List<String> ids) {
        byte[] body = batch.bytes();
        Function<GraphServiceClient, RequestInformation> request = graph -> {
            RequestInformation information = new RequestInformation(HttpMethod.POST, "{+baseurl}/$batch",
                    Map.of("baseurl", graph.getRequestAdapter().getBaseUrl()));
            information.setStreamContent(new ByteArrayInputStream(body), "application/json");
            information.headers.add("Accept", "application/json");
            return information;
        };
        try {
            return switch (transport.send(request)) {
                case GraphTransport.Answer.Arrived(var response) -> answered(response, kind, ids);
                case GraphTransport.Answer.NotSent(var reason) ->
                    new Sent.Failed(new Submission.NotSent(UNTIL_REACHED, GraphProblem.noAnswer(reason).toProblem()));
                case GraphTransport.Answer.Lost(var reason) -> new Sent.Failed(lost(reason));
            };
        } catch (NoAccessToken e) {
            return new Sent.Failed(new Submission.NotSent(UNTIL_REACHED, e.problem()));
        }
    }

    private Sent answered(Response response, Kind kind, List<String> ids) {
        int status = response.code();
        Instant at = moment(response.header("Date"));
        String requestId = response.header("request-id");
        String retryAfter = response.header("Retry-After");
        try {
            String text = GraphTransport.text(response);
            Map<String, Batch.Item> items = response.isSuccessful()
                    ? Batch.answers(json, text, java.util.Set.copyOf(ids))
                    : Map.of();
            heed(kind, status, retryAfter, items.values());
            return response.isSuccessful()
                    ? new Sent.Answered(at, items)
                    : new Sent.Failed(failed(errors.read(status, text, requestId), retryAfter));
        } catch (JacksonException | java.io.UncheckedIOException e) {
            return new Sent.Failed(lost("the answer broke off: " + e.getMessage()));
        }
    }

    /** Tells the budget when Graph throttles the batch, or some of its items. */
    private void heed(Kind kind, int status, @Nullable String retryAfter, Collection<Batch.Item> items) {
        List<Duration> waits = new ArrayList<>();
        if (status == 429) {
            waits.add(GraphErrors.retryAfter(retryAfter, clock.instant()).orElse(Duration.ZERO));
        }
        items.stream()
                .filter(item -> item.status() == 429)
                .map(item -> GraphErrors.retryAfter(item.retryAfter(), clock.instant()).orElse(Duration.ZERO))
                .forEach(waits::add);
        waits.stream().max(Duration::compareTo).ifPresent(longest -> budget.throttled(kind, longest));
    }

    private Submission submission(Instant at, Batch.@Nullable Item item) {
        if (item == null) {
            return lost("Graph's answer to the batch does not name this action");
        }
        return item.status() >= 200 && item.status() < 300
                ? new Submission.Accepted(at, item.requestId())
                : failed(errors.read(item.status(), item.body().toString(), item.requestId()), item.retryAfter());
    }

    /** Only 429 says that nothing was done; a 5xx may come after Intune took the action. */
    private Submission failed(GraphProblem problem, @Nullable String retryAfter) {
        Duration wait = GraphErrors.retryAfter(retryAfter, clock.instant())
                .map(said -> said.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : said)
                .orElse(UNTIL_ALLOWED);
        return switch (problem.status()) {
            case 429 -> new Submission.NotSent(wait, problem.toProblem());
            case 400, 401, 403, 404, 405, 409, 412, 415, 422, 424 -> new Submission.Refused(problem.toProblem());
            default -> new Submission.Uncertain(problem.toProblem());
        };
    }

    private static Submission lost(String reason) {
        Problem problem = GraphProblem.noAnswer(reason).toProblem();
        return new Submission.Uncertain(problem);
    }

    private DeviceLook look(Batch.@Nullable Item item) {
        if (item == null) {
            return new DeviceLook.Unknown(GraphProblem.noAnswer("Graph's answer does not name the device").toProblem());
        }
        if (item.status() == 404) {
            return new DeviceLook.Gone();
        }
        JsonNode body = item.body();
        if (item.status() != 200) {
            return new DeviceLook.Unknown(errors.read(item.status(), body.toString(), item.requestId()).toProblem());
        }
        try {
            Device device = devices.device(body);
            return new DeviceLook.Seen(device.managementState(), device.lastSyncDateTime(),
                    device.deviceActionResults() == null ? new ArrayList<>() : device.deviceActionResults());
        } catch (JacksonException e) {
            return new DeviceLook.Unknown(
                    GraphProblem.noAnswer("the device cannot be read: " + e.getOriginalMessage()).toProblem());
        }
    }

    private Instant moment(@Nullable String date) {
        try {
            return date == null
                    ? clock.instant()
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException _) {
            return clock.instant();
        }
    }
}
