package io.acmpintune.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.entra.Entra;
import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.graph.Graph;
import io.acmpintune.simulator.graph.Tenant;
import io.acmpintune.simulator.sics.Sics;
import io.acmpintune.simulator.web.Dispatcher;
import io.acmpintune.simulator.web.Faults;
import io.acmpintune.simulator.web.Handler;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;

/**
 * Lets other processes inspect and control the simulator over HTTP. Bodies are JSON; an accepted command returns 204,
 * an invalid one 400 with the reason.
 * <ul>
 * <li>{@code GET /simulator/summary}: totals
 * <li>{@code GET /simulator/executions}: per action, the number of executions by device id
 * <li>{@code GET /simulator/requests}: {@code routes}, requests by route; {@code statuses}, Graph's responses by status
 * <li>{@code POST /simulator/faults}: a {@link FaultRequest}; {@code GET}: the numbers of {@code hanging} requests, and
 * of {@code pending} faults by route; {@code DELETE}: removes all faults, including those of lists, SICS and ACMP
 * <li>{@code POST /simulator/faults/release}: sends the responses of hanging requests
 * <li>{@code POST /simulator/lists/{quirk}}: {@code loop}, {@code never-end}, {@code show-nothing}, {@code
 * repeat-rows}, {@code ignore-filters} or {@code expire-link}
 * <li>{@code POST /simulator/protection}: {@code
 * {"actions":["wipe"],"status":412,"code":"IN_BOTH","lookup":"FILTERED"}}, all but the actions optional, see {@link
 * ApprovalStyle}
 * <li>{@code GET /simulator/approvals}; {@code POST /simulator/approvals/{code}/{decision}}: {@code approve}, {@code
 * reject} or {@code cancel}
 * <li>{@code POST /simulator/devices/{id}/failure}: {@code {"action":"remoteLock","outcome":"failed"}}
 * <li>{@code POST /simulator/devices/{id}/silence}: the device ignores all further commands
 * </ul> {@link SicsControlApi} and {@link AcmpControlApi} describe the paths below {@code /simulator/sics} and {@code
 * /simulator/acmp}.
 */
final class ControlApi implements Site {

    private final Tenant tenant;
    private final Entra entra;
    private final Graph graph;
    private final Map<String, AcmpServer> servers;
    private final Dispatcher dispatcher;
    private final Sics sics;
    private final AcmpControlApi acmp;
    private final List<Route> routes;
    private final List<Route> own = List.of(new Route("GET", "/simulator/summary", this::summary),
            new Route("GET", "/simulator/executions", this::executions),
            new Route("GET", "/simulator/requests", this::requests),
            new Route("GET", "/simulator/faults", this::faults),
            new Route("POST", "/simulator/faults", command(this::addFault)),
            new Route("DELETE", "/simulator/faults", command(this::clearFaults)),
            new Route("POST", "/simulator/faults/release", command(request -> faults().release())),
            new Route("POST", "/simulator/lists/{quirk}", command(this::addListQuirk)),
            new Route("POST", "/simulator/protection", command(this::protect)),
            new Route("GET", "/simulator/approvals", this::approvals),
            new Route("POST", "/simulator/approvals/{code}/{decision}", command(this::decide)),
            new Route("POST", "/simulator/devices/{id}/failure", command(this::fail)),
            new Route("POST", "/simulator/devices/{id}/silence",
                    command(request -> tenant().silence(request.parameter("id")))));

    ControlApi(Tenant tenant, Entra entra, Graph graph, Sics sics, Map<String, AcmpServer> servers,
            Dispatcher dispatcher) {
        this.tenant = tenant;
        this.entra = entra;
        this.graph = graph;
        this.servers = servers;
        this.dispatcher = dispatcher;
        this.sics = sics;
        this.acmp = new AcmpControlApi(servers);
        this.routes = Stream.of(own, new SicsControlApi(sics).routes(), acmp.routes()).flatMap(List::stream).toList();
    }

    interface Command {
        void execute(Request request);
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/simulator/");
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Response notFound(Request request) {
        return Response.text(404, "text/plain; charset=utf-8",
                "The simulator has " + String.join(", ", routes.stream().map(Route::name).toList()) + ".");
    }

    @Override
    public Response methodNotAllowed(Request request, Set<String> allowed) {
        return Response.empty(405).withHeader("Allow", String.join(", ", allowed));
    }

    /** Handles a command. Invalid ones get a 400 with the reason. */
    static Handler command(Command command) {
        return query(request -> {
            command.execute(request);
            return Response.empty(204);
        });
    }

    /** Handles a query. Invalid ones get a 400 with the reason. */
    static Handler query(Handler handler) {
        return request -> {
            try {
                return handler.answer(request);
            } catch (IllegalArgumentException e) {
                return Response.text(400, "text/plain; charset=utf-8", String.valueOf(e.getMessage()));
            }
        };
    }

    private Response executions(Request request) {
        ObjectNode body = Json.object();
        tenant.actions().forEach(action -> numbers(body.putObject(action), tenant.executions(action)));
        return Response.json(200, body);
    }

    private Response requests(Request request) {
        ObjectNode body = Json.object();
        numbers(body.putObject("routes"), dispatcher.counts());
        numbers(body.putObject("statuses"), dispatcher.answers(graph));
        return Response.json(200, body);
    }

    private Response faults(Request request) {
        ObjectNode body = Json.object();
        body.put("hanging", faults().hanging());
        numbers(body.putObject("pending"), faults().pending());
        return Response.json(200, body);
    }

    private void addFault(Request request) {
        FaultRequest.of(Json.parse(request.body())).placeIn(faults());
    }

    private void clearFaults(Request request) {
        faults().clear();
        tenant.lists().clear();
        sics.faults().clear();
        acmp.clearFaults();
    }

    private void addListQuirk(Request request) {
        String quirk = request.parameter("quirk");
        switch (quirk) {
            case "loop" -> tenant.lists().loop();
            case "never-end" -> tenant.lists().neverEnd();
            case "show-nothing" -> tenant.lists().showNothing();
            case "repeat-rows" -> tenant.lists().repeatRows();
            case "ignore-filters" -> tenant.lists().ignoreFilters();
            case "expire-link" -> tenant.lists().expireLinks(1);
            default -> throw new IllegalArgumentException("lists have no quirk '" + quirk + "'");
        }
    }

    private void protect(Request request) {
        JsonNode body = Json.parse(request.body());
        if (!body.path("actions").isArray()) {
            throw new IllegalArgumentException("'actions' should be a list of actions, empty for no protection");
        }
        var actions = new HashSet<String>();
        body.path("actions").forEach(action -> actions.add(action.asString("")));
        ApprovalStyle usual = ApprovalStyle.observed();
        tenant.protect(actions,
                new ApprovalStyle(body.path("status").asInt(usual.status()),
                        ApprovalStyle.Code.valueOf(body.path("code").asString(usual.code().name())),
                        ApprovalStyle.Lookup.valueOf(body.path("lookup").asString(usual.lookup().name()))));
    }

    private Response approvals(Request request) {
        ArrayNode body = Json.MAPPER.createArrayNode();
        tenant.approvals()
                .forEach(approval -> body.addObject()
                        .put("code", approval.code())
                        .put("deviceId", approval.deviceId())
                        .put("action", approval.action())
                        .put("justification", approval.justification())
                        .put("status", approval.status().word())
                        .set("parameters", approval.parameters()));
        return Response.json(200, body);
    }

    private void decide(Request request) {
        String code = request.parameter("code");
        String decision = request.parameter("decision");
        switch (decision) {
            case "approve" -> tenant.approve(code);
            case "reject" -> tenant.reject(code);
            case "cancel" -> tenant.cancel(code);
            default -> throw new IllegalArgumentException(
                    "a request is met with approve, reject or cancel, not '" + decision + "'");
        }
    }

    private void fail(Request request) {
        JsonNode body = Json.parse(request.body());
        tenant.failNext(body.path("action").asString(""), request.parameter("id"), body.path("outcome").asString(""));
    }

    private Faults faults() {
        return dispatcher.faults();
    }

    private Tenant tenant() {
        return tenant;
    }

    static void numbers(ObjectNode target, Map<?, ? extends Number> numbers) {
        numbers.forEach((name, number) -> target.put(name.toString(), number.longValue()));
    }

    private Response summary(Request request) {
        ObjectNode summary = Json.object();
        summary.put("devices", tenant.size());
        ObjectNode acmp = summary.putObject("acmp");
        servers.forEach((id, server) -> {
            ObjectNode counts = acmp.putObject(id);
            counts.put("clients", server.clientCount());
            counts.put("mobileDevices", server.mobileDeviceCount());
        });
        summary.put("syncCommands", tenant.syncCommands());
        summary.put("devicesCheckedIn", tenant.devicesCheckedIn());
        summary.put("tokensIssued", entra.tokensIssued());
        summary.put("graphRequests", dispatcher.counts(graph).values().stream().mapToLong(Long::longValue).sum());
        return Response.json(200, summary);
    }
}
