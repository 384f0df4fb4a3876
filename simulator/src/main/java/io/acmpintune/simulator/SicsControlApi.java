package io.acmpintune.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.sics.PublishFault;
import io.acmpintune.simulator.sics.Sics;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;

/**
 * The part of {@link ControlApi} for SICS. An error after an accepted publication is a fault of its route: {@code
 * {"route":"POST /Publish","kind":"replyAfter","status":500}}.
 * <ul>
 * <li>{@code GET /simulator/sics}: {@code sessionsOpened}, {@code publishes} and {@code consumes} since the start; the
 * {@code virtualRouters} and {@code targets} that exist now, with how many messages wait in each; {@code reachable};
 * {@code publishFaultsPending}
 * <li>{@code POST /simulator/sics/sessions/end}: every session ends
 * <li>{@code POST /simulator/sics/restart}: sessions, virtual routers, targets and their messages are gone
 * <li>{@code POST /simulator/sics/outage}: connections are reset, for a number of {@code milliseconds} or until {@code
 * DELETE}
 * <li>{@code POST /simulator/sics/publish-faults}: {@code {"fault":"SESSIONS_END","times":1}}, a fault right after
 * accepting a message, see {@link PublishFault}
 * </ul>
 */
final class SicsControlApi {

    private final Sics sics;

    SicsControlApi(Sics sics) {
        this.sics = sics;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/simulator/sics", this::state),
                new Route("POST", "/simulator/sics/sessions/end", ControlApi.command(request -> sics.endSessions())),
                new Route("POST", "/simulator/sics/restart", ControlApi.command(request -> sics.restart())),
                new Route("POST", "/simulator/sics/outage", ControlApi.command(this::fail)),
                new Route("DELETE", "/simulator/sics/outage", ControlApi.command(request -> sics.faults().recover())),
                new Route("POST", "/simulator/sics/publish-faults", ControlApi.command(this::addPublishFault)));
    }

    private Response state(Request request) {
        ObjectNode body = Json.object();
        body.put("sessionsOpened", sics.logins());
        body.put("publishes", sics.publishes());
        body.put("consumes", sics.consumes());
        body.put("reachable", sics.reachable());
        body.put("publishFaultsPending", sics.faults().pending());
        var routers = body.putArray("virtualRouters");
        new TreeSet<>(sics.broker().routers()).forEach(routers::add);
        ObjectNode targets = body.putObject("targets");
        new TreeSet<>(sics.broker().targets()).forEach(target -> targets.put(target, sics.broker().waiting(target)));
        return Response.json(200, body);
    }

    private void fail(Request request) {
        JsonNode time = Json.parse(request.body()).path("milliseconds");
        if (time.isMissingNode()) {
            sics.faults().fail();
        } else {
            sics.faults().fail(Duration.ofMillis(time.asLong(0)));
        }
    }

    private void addPublishFault(Request request) {
        JsonNode body = Json.parse(request.body());
        String name = body.path("fault").asString("");
        PublishFault fault = Arrays.stream(PublishFault.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no fault '" + name + "'; there are " + Arrays.toString(PublishFault.values())));
        sics.faults().afterPublish(body.path("times").asInt(1), fault);
    }
}
