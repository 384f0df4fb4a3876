package io.acmpintune.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;

import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.web.Fault;
import io.acmpintune.simulator.web.Faults;

/**
 * The JSON form of a fault: {@code {"route":"POST /v1.0/$batch","kind":"hangAfter","after":0,"times":1}}, the last two
 * optional. Kinds are those of {@link Fault} with a lower-case first letter, and {@code gateway} and {@code
 * gatewayAfter} with a {@code status}. {@code reply} and {@code replyAfter} have a {@code status}, {@code headers} and
 * a {@code body}; {@code delay} has {@code milliseconds}.
 *
 * @param after number of unaffected requests before
 * @param times number of times
 */
record FaultRequest(String route, int after, int times, Fault fault) {

    /** @throws IllegalArgumentException if it is invalid; the message says why */
    static FaultRequest of(JsonNode json) {
        return new FaultRequest(json.path("route").asString(""), json.path("after").asInt(0),
                json.path("times").asInt(1), fault(json));
    }

    /** @throws IllegalArgumentException if there is no such route */
    void placeIn(Faults faults) {
        faults.next(route, after, new Fault.None());
        faults.next(route, times, fault);
    }

    private static Fault fault(JsonNode json) {
        String kind = json.path("kind").asString("");
        int status = json.path("status").asInt(0);
        return switch (kind) {
            case "none" -> new Fault.None();
            case "reply" -> reply(json, status);
            case "replyAfter" -> new Fault.ReplyAfter(reply(json, status));
            case "gateway" -> Fault.gateway(status);
            case "gatewayAfter" -> new Fault.ReplyAfter(Fault.gateway(status));
            case "dropBefore" -> new Fault.DropBefore();
            case "dropAfter" -> new Fault.DropAfter();
            case "resetBefore" -> new Fault.ResetBefore();
            case "resetAfter" -> new Fault.ResetAfter();
            case "cutShort" -> new Fault.CutShort();
            case "halve" -> new Fault.Halve();
            case "hangAfter" -> new Fault.HangAfter();
            case "delay" -> new Fault.Delay(Duration.ofMillis(json.path("milliseconds").asLong(0)));
            default -> throw new IllegalArgumentException("no fault is of kind '" + kind + "'; there are none, reply, "
                    + "replyAfter, gateway, gatewayAfter, dropBefore, dropAfter, resetBefore, resetAfter, cutShort, "
                    + "halve, hangAfter and delay");
        };
    }

    private static Fault.Reply reply(JsonNode json, int status) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a reply needs a status of 100 to 599, not " + status);
        }
        var headers = new LinkedHashMap<String, String>();
        json.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString("")));
        return new Fault.Reply(status, headers, json.path("body").asString(""));
    }
}
