package io.acmpintune.simulator.graph;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.simulator.entra.AccessTokens;
import io.acmpintune.simulator.web.Dispatcher;
import io.acmpintune.simulator.web.Handler;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;

/** Microsoft Graph v1.0 and beta, limited to managed devices. */
public final class Graph implements Site {

    private final Access access;
    private final Throttle throttle;
    private final InstantSource clock;
    private final List<Route> routes;

    /**
     * Creates Graph for a tenant.
     *
     * @param dispatcher dispatches the items of a batch
     */
    public Graph(Tenant tenant, AccessTokens tokens, RequestLimits limits, InstantSource clock,
            Dispatcher dispatcher) {
        this.throttle = new Throttle(limits, clock);
        this.access = new Access(tokens);
        this.clock = clock;
        var devices = new ManagedDevices(tenant, tokens::revoke);
        var actions = new Actions(tenant);
        var batch = new Batch(dispatcher);
        var all = new ArrayList<Route>();
        for (ApiVersion version : ApiVersion.values()) {
            String root = "/" + version.segment();
            String path = root + ManagedDevices.PATH;
            all.add(new Route("GET", path, handler(version, Access.Permission.READ, devices::list)));
            all.add(new Route("GET", path + "/$count", handler(version, Access.Permission.READ, devices::count)));
            all.add(new Route("GET", path + "/{id}", handler(version, Access.Permission.READ, devices::read)));
            for (Action action : Action.values()) {
                if (action.versions().contains(version)) {
                    all.add(new Route("POST", path + "/{id}/" + action.segment(),
                            handler(version, action.permission(), call -> actions.run(call, action))));
                }
            }
            all.add(new Route("POST", root + "/$batch", handler(version, Access.Permission.ANY, batch::run)));
        }
        var approvals = new ApprovalRequests(tenant.approvalRequests());
        String approvalsPath = "/" + ApiVersion.BETA.segment() + ApprovalRequests.PATH;
        all.add(new Route("GET", approvalsPath,
                handler(ApiVersion.BETA, Access.Permission.READ_APPROVALS, approvals::list)));
        all.add(new Route("GET", approvalsPath + "/{id}",
                handler(ApiVersion.BETA, Access.Permission.READ_APPROVALS, approvals::read)));
        this.routes = List.copyOf(all);
    }

    private interface Operation {
        Response answer(GraphCall call);
    }

    public Throttle throttle() {
        return throttle;
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/v1.0/") || path.startsWith("/beta/");
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Response notFound(Request request) {
        String segment = request.path().substring(request.path().lastIndexOf('/') + 1);
        return refused(request, call -> GraphError.plain(call, 404, "ResourceNotFound",
                "Resource not found for the segment '" + segment + "'."));
    }

    @Override
    public Response methodNotAllowed(Request request, Set<String> allowed) {
        return refused(request, call -> GraphError.plain(call, 405, "MethodNotAllowed",
                "The requested resource does not support http method '" + request.method() + "'."))
                .withHeader("Allow", String.join(", ", allowed));
    }

    private Handler handler(ApiVersion version, Access.Permission permission, Operation operation) {
        return request -> answer(GraphCall.of(request, version, clock.instant()), permission, operation);
    }

    private Response refused(Request request, Operation operation) {
        ApiVersion version = request.path().startsWith("/beta/") ? ApiVersion.BETA : ApiVersion.V1;
        return answer(GraphCall.of(request, version, clock.instant()), Access.Permission.ANY, operation);
    }

    private Response answer(GraphCall call, Access.Permission permission, Operation operation) {
        Response answer = switch (access.admit(call, permission)) {
            case Access.Admission.Refused(Response refusal) -> refusal;
            case Access.Admission.Admitted(String application) ->
                admitted(call.by(application), permission, operation);
        };
        return answer
                .withHeader("request-id", call.requestId())
                .withHeader("client-request-id", call.clientRequestId());
    }

    /** Calls that need no permission do not count: batches, whose items count instead, and unknown paths. */
    private Response admitted(GraphCall call, Access.Permission permission, Operation operation) {
        Optional<Response> refusal = permission == Access.Permission.ANY ? Optional.empty() : throttle.refusal(call);
        return refusal.orElseGet(() -> operation.answer(call));
    }
}
