package io.acmpintune.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.sics.Mishap;
import io.acmpintune.simulator.sics.Sics;
import io.acmpintune.simulator.web.Answer;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Route;

/**
 * The part of {@link Control} that is about SICS. An error after a publication was accepted is a fault as for any other
 * route: {@code {"route":"POST /Publish","kind":"replyAfter","status":500}}.
 * <ul>
 * <li>{@code GET /simulator/sics}: {@code sessionsOpened}, {@code publishes} and {@code consumes} since the start; the
 * {@code virtualRouters} and {@code targets} that exist now, with how many messages wait in each; {@code reachable};
 * {@code mishapsPending}
 * <li>{@code POST /simulator/sics/sessions/end}: every session ends
 * <li>{@code POST /simulator/sics/restart}: sessions, virtual routers, targets and their messages are gone
 * <li>{@code POST /simulator/sics/outage}: connections are reset, for so many {@code milliseconds} or until {@code DELETE}
 * <li>{@code POST /simulator/sics/mishaps}: {@code {"mishap":"SESSIONS_END","times":1}}, what befalls it right after it
 * accepted a message, see {@link Mishap}
 * </ul>
 */
final class SicsControl {

    private final Sics sics;

    SicsControl(Sics sics) {
        this.sics = sics;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/simulator/sics", this::state),
                new Route("POST", "/simulator/sics/sessions/end", Control.order(request -> sics.endSessions())),
                new Route("POST", "/simulator/sics/restart", Control.order(request -> sics.restart())),
                new Route("POST", "/simulator/sics/outage", Control.order(this::fail)),
                new Route("DELETE", "/simulator/sics/outage", Control.order(request -> sics.faults().recover())),
                new Route("POST", "/simulator/sics/mishaps", Control.order(this::orderMishap)));
    }

    private Answer state(Request request) {
        ObjectNode body = Json.object();
        body.put("sessionsOpened", sics.logins());
        body.put("publishes", sics.publishes());
        body.put("consumes", sics.consumes());
        body.put("reachable", sics.reachable());
        body.put("mishapsPending", sics.faults().pending());
        var routers = body.putArray("virtualRouters");
        new TreeSet<>(sics.broker().routers()).forEach(routers::add);
        ObjectNode targets = body.putObject("targets");
        new TreeSet<>(sics.broker().targets()).forEach(target -> targets.put(target, sics.broker().waiting(target)));
        return Answer.json(200, body);
    }

    private void fail(Request request) {
        JsonNode time = Json.parse(request.body()).path("milliseconds");
        if (time.isMissingNode()) {
            sics.faults().fail();
        } else {
            sics.faults().fail(Duration.ofMillis(time.asLong(0)));
        }
    }

    private void orderMishap(Request request) {
        JsonNode body = Json.parse(request.body());
        String name = body.path("mishap").asString("");
        Mishap mishap = Arrays.stream(Mishap.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no mishap is called '" + name + "'; there are " + Arrays.toString(Mishap.values())));
        sics.faults().afterPublish(body.path("times").asInt(1), mishap);
    }
}
