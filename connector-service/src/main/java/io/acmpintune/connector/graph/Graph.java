package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.Permit;
import io.acmpintune.connector.budget.Quota;
import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.budget.RequestCost;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** One connector's Intune, as Microsoft Graph shows it. Safe for use by many threads. */
public final class Graph {

    private static final Duration LOOK_PATIENCE = Duration.ofMinutes(1);
    /** The lane that sends has more to do than to wait. */
    private static final Duration ACTION_PATIENCE = Duration.ofSeconds(10);
    private static final String DEVICES = "/deviceManagement/managedDevices/";
    private static final String APPROVALS = "/deviceManagement/operationApprovalRequests";
    /** So many requests for approval within Intune's three days are beyond all measure. */
    private static final int MOST_APPROVAL_PAGES = 20;

    private final GraphTransport transport;
    private final GraphTransport acting;
    private final JsonMapper json;
    private final PageReader pages;
    private final GraphErrorReader errors;
    private final DeviceJson devices;
    private final BatchSender reads;
    private final BatchSender actions;
    private final InstantSource clock;
    private final RequestBudget budget;
    private final RequestBudget actingBudget;

    /**
     * As an application of the tenant asks.
     *
     * @param budget what it may ask
     */
    public record Access(AccessTokens tokens, RequestBudget budget) {}

    /** One application reads and acts. */
    public Graph(Connector connector, AccessTokens tokens, @Nullable SslBundle tls, JsonMapper json,
            InstantSource clock, RequestBudget budget) {
        this(connector, new Access(tokens, budget), null, tls, json, clock);
    }

    /**
     * Reading and acting apart.
     *
     * @param acting null = who reads
     */
    public Graph(Connector connector, Access reading, @Nullable Access acting, @Nullable SslBundle tls, JsonMapper json,
            InstantSource clock) {
        this.transport = new GraphTransport(connector, reading.tokens(), tls,
                new CircuitBreaker(connector.name(), clock));
        this.budget = reading.budget();
        this.acting = acting == null
                ? transport
                : new GraphTransport(connector.forActions(), acting.tokens(), tls,
                        new CircuitBreaker(connector.forActions().name(), clock));
        this.actingBudget = acting == null ? budget : acting.budget();
        this.json = json;
        this.pages = new PageReader(json);
        this.errors = new GraphErrorReader(json);
        this.devices = new DeviceJson(json);
        String root = connector.endpoints().graph().toString();
        this.reads = new BatchSender(root, transport, json, errors, clock, budget);
        this.actions = new BatchSender(root, this.acting, json, errors, clock, actingBudget);
        this.clock = clock;
    }

    /** The calls for reading, and for actions too where one application does both. */
    public CircuitBreaker reading() {
        return transport.traffic();
    }

    /** The calls for actions; empty where one application does both. */
    public Optional<CircuitBreaker> acting() {
        return acting == transport ? Optional.empty() : Optional.of(acting.traffic());
    }

    /** Trusts the bundle as it is now. */
    public void trust(SslBundle tls) {
        transport.trust(tls);
        if (acting != transport) {
            acting.trust(tls);
        }
    }

    /** Starts a pass over all devices that the filter admits; Graph may answer others as well. */
    public DevicePages devices(int pageSize, DeviceFilter filter) {
        return new DevicePages(transport, pages, errors, clock, budget, RetryDelays.READING, pageSize,
                ListFilter.of(filter, null));
    }

    /**
     * Starts a pass over the devices that have checked in after a moment and that the filter admits. Graph is known to ignore a
     * filter without a word, so more may come.
     */
    public DevicePages devicesCheckedInAfter(Instant after, int pageSize, DeviceFilter filter) {
        return new DevicePages(transport, pages, errors, clock, budget, RetryDelays.READING, pageSize,
                ListFilter.of(filter, after));
    }

    /**
     * Waits until the budget has room for so many actions, and pays for them. To be called before an action is said to be on its
     * way: what waits here can still be cancelled.
     *
     * @return false when Intune has closed the budget for longer than a lane stands still, or calls keep failing: look again later
     */
    public boolean reserveActions(int number) {
        if (acting.traffic().refuses().isPositive()) {
            return false;
        }
        return switch (actingBudget.await(RequestCost.actions(number), ACTION_PATIENCE)) {
            case Permit.Granted() -> true;
            case Permit.Blocked _ -> false;
        };
    }

    /**
     * Hands actions to Intune, each at most once; the caller made room for them.
     *
     * @param orders at most 20
     * @return what became of each, by action id
     */
    public Map<UUID, Submission> submit(List<ActionOrder> orders) {
        Map<UUID, Submission> submissions = new LinkedHashMap<>();
        for (ApiVersion version : ApiVersion.values()) {
            Map<String, ActionRequest> requests = new LinkedHashMap<>();
            orders.forEach(order -> requests.put(order.actionId().toString(), ActionRequest.of(order)));
            requests.values().removeIf(request -> request.version() != version);
            if (!requests.isEmpty()) {
                submit(version, requests).forEach((id, became) -> submissions.put(UUID.fromString(id), became));
            }
        }
        return submissions;
    }

    private Map<String, Submission> submit(ApiVersion version, Map<String, ActionRequest> requests) {
        Batch batch = new Batch(version, json);
        requests.forEach(batch::post);
        BatchResult sent = actions.send(batch, Quota.WRITES, requests.keySet());
        Map<String, Submission> submissions = new LinkedHashMap<>();
        requests.forEach((id, request) -> {
            Submission submission = switch (sent) {
                case BatchResult.Answered(var at, var items) -> submission(at, items.get(id));
                case BatchResult failed -> submission(failed, null);
            };
            // what refuses a request may repeat its body
            submissions.put(id,
                    submission.without(requests.values().stream().flatMap(ActionRequest::secrets).toList()));
        });
        return submissions;
    }

    private Submission submission(Instant at, Batch.@Nullable Item item) {
        if (item == null) {
            return new Submission.Uncertain(
                    GraphError.noAnswer("Graph's answer to the batch does not name this action").toProblem(), null);
        }
        if (item.status() >= 200 && item.status() < 300) {
            return new Submission.Accepted(at, item.requestId());
        }
        GraphError problem = errors.read(item.status(), item.body().toString(), item.requestId());
        return ApprovalRequirement.in(item.header(ActionRequest.APPROVAL_CODE), problem)
                .map(demand -> approval(demand, problem))
                .orElseGet(() -> submission(actions.failed(problem, item.header("Retry-After")), problem.requestId()));
    }

    private static Submission approval(ApprovalRequirement.Demand demand, GraphError problem) {
        return demand.code() == null
                ? new Submission.Refused(Problem.of(ProblemKind.APPROVAL_NOT_POSSIBLE, problem.status(),
                        problem.toProblem().detail(),
                        "Exclude the application from Intune's access policy for device actions (Multi Admin Approval),"
                                + " or do it in Intune's admin center."),
                        problem.requestId())
                : new Submission.ApprovalRequired(demand.code(), problem.requestId());
    }

    private static Submission submission(BatchResult failed, @Nullable String requestId) {
        return switch (failed) {
            case BatchResult.Refused(var problem) -> new Submission.Refused(problem.toProblem(), problem.requestId());
            case BatchResult.NotSent(var pause, var problem) -> new Submission.NotSent(pause, problem);
            case BatchResult.Lost(var problem) -> new Submission.Uncertain(problem.toProblem(), requestId);
            case BatchResult.Answered _ -> throw new IllegalStateException("an answer is no failure");
        };
    }

    /**
     * Reads devices one by one, for what became of actions on them.
     *
     * @param ids at most 20
     */
    public Map<DeviceId, DeviceStatus> look(List<DeviceId> ids) {
        Batch batch = new Batch(ApiVersion.V1, json);
        ids.forEach(id -> batch.get(id.value(),
                DEVICES + id + "?$select=id,managementState,deviceActionResults,lastSyncDateTime"));
        BatchResult sent = read(batch, ids.stream().map(DeviceId::value).collect(Collectors.toSet()));
        Map<DeviceId, DeviceStatus> seen = new LinkedHashMap<>();
        for (DeviceId id : ids) {
            seen.put(id, sent instanceof BatchResult.Answered(_, var items)
                    ? look(items.get(id.value()))
                    : new DeviceStatus.Unreadable(why(sent)));
        }
        return seen;
    }

    /**
     * Reads devices one by one, with a few of their properties.
     *
     * @param ids at most 20
     * @param columns Graph's names of the properties that are told, beside the id
     */
    public Map<DeviceId, SingleRead<Device>> read(List<DeviceId> ids, String... columns) {
        return readEach(ids, List.of(columns), devices::device);
    }

    /**
     * Reads of devices what Graph's list does not tell.
     *
     * @param ids at most 20
     */
    public Map<DeviceId, SingleRead<DeviceDetails>> details(List<DeviceId> ids) {
        return readEach(ids, List.of(DeviceJson.detailColumns()), devices::details);
    }

    private <T> Map<DeviceId, SingleRead<T>> readEach(List<DeviceId> ids, List<String> columns,
            Function<JsonNode, T> reading) {
        String select = Stream.concat(Stream.of("id"), columns.stream()).collect(Collectors.joining(","));
        Batch batch = new Batch(ApiVersion.V1, json);
        ids.forEach(id -> batch.get(id.value(), DEVICES + id + "?$select=" + select));
        BatchResult sent = read(batch, ids.stream().map(DeviceId::value).collect(Collectors.toSet()));
        Map<DeviceId, SingleRead<T>> read = new LinkedHashMap<>();
        for (DeviceId id : ids) {
            read.put(id, sent instanceof BatchResult.Answered(_, var items)
                    ? read(items.get(id.value()), reading)
                    : new SingleRead.Failed<>(why(sent)));
        }
        return read;
    }

    private <T> SingleRead<T> read(Batch.@Nullable Item item, Function<JsonNode, T> reading) {
        if (item == null) {
            return new SingleRead.Failed<>(
                    GraphError.noAnswer("Graph's answer does not name the device").toProblem());
        }
        if (item.status() == 404) {
            return new SingleRead.Gone<>();
        }
        if (item.status() != 200) {
            return new SingleRead.Failed<>(
                    errors.read(item.status(), item.body().toString(), item.requestId()).toProblem());
        }
        try {
            return new SingleRead.Found<>(reading.apply(item.body()));
        } catch (JacksonException e) {
            return new SingleRead.Failed<>(
                    GraphError.noAnswer("the device cannot be read: " + e.getOriginalMessage()).toProblem());
        }
    }

    /**
     * Reads how requests for approval stand.
     *
     * @param codes at most 20
     */
    public Map<String, ApprovalStatus> approvals(List<String> codes) {
        Batch batch = new Batch(ApiVersion.BETA, json);
        codes.forEach(code -> batch.get(code,
                APPROVALS + "?$filter=requestId%20eq%20'" + code + "'"));
        BatchResult sent = read(batch, Set.copyOf(codes));
        Map<String, ApprovalStatus> looks = new LinkedHashMap<>();
        for (String code : codes) {
            looks.put(code, sent instanceof BatchResult.Answered(_, var items)
                    ? approval(code, items.get(code))
                    : new ApprovalStatus.Unreadable(why(sent)));
        }
        return looks;
    }

    /**
     * Looks whether Intune has a request for approval of an action whose answer was lost; the action's id is in its
     * justification.
     */
    public ApprovalSearch approvalAskedFor(UUID action) {
        List<JsonNode> requests = new ArrayList<>();
        String path = APPROVALS;
        for (int pages = 0; pages < MOST_APPROVAL_PAGES; pages++) {
            Batch batch = new Batch(ApiVersion.BETA, json);
            batch.get(action.toString(), path);
            BatchResult sent = read(batch, Set.of(action.toString()));
            if (sent instanceof BatchResult.Refused) {
                return new ApprovalSearch.None();
            }
            Batch.Item item = sent instanceof BatchResult.Answered(_, var items)
                    ? items.get(action.toString())
                    : null;
            if (item == null || item.status() == 429 || item.status() >= 500) {
                return new ApprovalSearch.Unreadable(unread(sent, item));
            }
            if (item.status() != 200) {
                return new ApprovalSearch.None();
            }
            item.body().path("value").forEach(requests::add);
            String next = item.body().path("@odata.nextLink").asString("");
            if (next.isEmpty()) {
                return ApprovalParser.naming(action, requests)
                        .<ApprovalSearch>map(ApprovalSearch.Found::new)
                        .orElseGet(ApprovalSearch.None::new);
            }
            int start = next.indexOf(APPROVALS);
            if (start < 0) {
                return new ApprovalSearch.Unreadable(GraphError
                        .noAnswer("the list of requests for approval goes on at an address that is none of its own")
                        .toProblem());
            }
            // a batch takes addresses behind the version only
            path = next.substring(start);
        }
        return new ApprovalSearch.Unreadable(GraphError
                .noAnswer("the list of requests for approval has more than " + MOST_APPROVAL_PAGES + " pages")
                .toProblem());
    }

    private Problem unread(BatchResult sent, Batch.@Nullable Item item) {
        if (item != null) {
            return errors.read(item.status(), item.body().toString(), item.requestId()).toProblem();
        }
        return sent instanceof BatchResult.Answered
                ? GraphError.noAnswer("Graph's answer does not hold the requests for approval").toProblem()
                : why(sent);
    }

    private ApprovalStatus approval(String code, Batch.@Nullable Item item) {
        if (item == null) {
            return new ApprovalStatus.Unreadable(
                    GraphError.noAnswer("Graph's answer does not name the request for approval").toProblem());
        }
        return item.status() == 200
                ? ApprovalParser.read(code, item.body())
                : new ApprovalStatus.Unreadable(
                        errors.read(item.status(), item.body().toString(), item.requestId()).toProblem());
    }

    /**
     * Reads the PIN of the newest lock that began after a moment. The PIN is in no other answer of this class.
     */
    public UnlockPinResult unlockPin(DeviceId id, Instant since) {
        Batch batch = new Batch(ApiVersion.V1, json);
        batch.get(id.value(), DEVICES + id + "?$select=id,deviceActionResults");
        BatchResult sent = read(batch, Set.of(id.value()));
        if (!(sent instanceof BatchResult.Answered(_, var items))) {
            return new UnlockPinResult.Unreadable(why(sent));
        }
        Batch.Item item = items.get(id.value());
        if (item == null || item.status() != 200) {
            return new UnlockPinResult.Unreadable(item == null
                    ? GraphError.noAnswer("Graph's answer does not name the device").toProblem()
                    : errors.read(item.status(), item.body().toString(), item.requestId()).toProblem());
        }
        return UnlockPinParser.newest(item.body(), since);
    }

    private BatchResult read(Batch batch, Set<String> ids) {
        return switch (budget.await(RequestCost.reads(ids.size()), LOOK_PATIENCE)) {
            case Permit.Granted() -> reads.send(batch, Quota.REQUESTS, ids);
            case Permit.Blocked(var left) ->
                new BatchResult.NotSent(left, GraphError.closed(left, clock.instant()).toProblem());
        };
    }

    private static Problem why(BatchResult failed) {
        return switch (failed) {
            case BatchResult.Refused(var problem) -> problem.toProblem();
            case BatchResult.NotSent(_, var problem) -> problem;
            case BatchResult.Lost(var problem) -> problem.toProblem();
            case BatchResult.Answered _ -> throw new IllegalStateException("an answer is no failure");
        };
    }

    private DeviceStatus look(Batch.@Nullable Item item) {
        if (item == null) {
            return new DeviceStatus.Unreadable(
                    GraphError.noAnswer("Graph's answer does not name the device").toProblem());
        }
        if (item.status() == 404) {
            return new DeviceStatus.Gone();
        }
        JsonNode body = item.body();
        if (item.status() != 200) {
            return new DeviceStatus.Unreadable(
                    errors.read(item.status(), body.toString(), item.requestId()).toProblem());
        }
        try {
            Device device = devices.device(body);
            return new DeviceStatus.Present(device.managementState(), device.lastSyncDateTime(),
                    device.deviceActionResults() == null ? new ArrayList<>() : device.deviceActionResults());
        } catch (JacksonException e) {
            return new DeviceStatus.Unreadable(
                    GraphError.noAnswer("the device cannot be read: " + e.getOriginalMessage()).toProblem());
        }
    }
}
