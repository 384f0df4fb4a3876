package io.acmpintune.simulator;

import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.entra.Entra;
import io.acmpintune.simulator.graph.Graph;
import io.acmpintune.simulator.graph.Tenant;
import io.acmpintune.simulator.web.Answer;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;
import io.acmpintune.simulator.web.Switchboard;

/** Lets another process look at the simulated world, at paths that none of the products has. */
final class Control implements Site {

    private final Tenant tenant;
    private final Entra entra;
    private final Graph graph;
    private final Map<String, AcmpServer> servers;
    private final Switchboard switchboard;
    private final List<Route> routes = List.of(new Route("GET", "/simulator/summary", this::summary));

    Control(Tenant tenant, Entra entra, Graph graph, Map<String, AcmpServer> servers, Switchboard switchboard) {
        this.tenant = tenant;
        this.entra = entra;
        this.graph = graph;
        this.servers = servers;
        this.switchboard = switchboard;
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
    public Answer notFound(Request request) {
        return Answer.text(404, "text/plain; charset=utf-8", "The simulator has GET /simulator/summary.");
    }

    @Override
    public Answer methodNotAllowed(Request request, Set<String> allowed) {
        return Answer.empty(405).withHeader("Allow", String.join(", ", allowed));
    }

    private Answer summary(Request request) {
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
        summary.put("graphRequests", switchboard.counts(graph).values().stream().mapToLong(Long::longValue).sum());
        return Answer.json(200, summary);
    }
}
