package io.acmpintune.simulator;

import java.time.Duration;
import java.util.Arrays;

import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.acmp.ReplyFault;
import io.acmpintune.simulator.acmp.ServerFaults;

/**
 * The JSON form of a fault of an ACMP server: {@code {"command":"SaveClients","kind":"lost","after":0,"times":1}}, the
 * last two optional; the command {@code *} is any. Kinds are those of {@link ReplyFault} with a lower-case first
 * letter: {@code late} has {@code milliseconds}, {@code malformed} a {@code flaw}, and {@code refused} a {@code code}.
 *
 * @param after number of unaffected commands before
 * @param times number of times
 */
record ReplyFaultRequest(String command, int after, int times, ReplyFault fault) {

    /** @throws IllegalArgumentException if it is invalid; the message says why */
    static ReplyFaultRequest of(JsonNode json) {
        return new ReplyFaultRequest(json.path("command").asString(""), json.path("after").asInt(0),
                json.path("times").asInt(1), fault(json));
    }

    /** @throws IllegalArgumentException if there is no such command */
    void placeIn(ServerFaults faults) {
        faults.next(command, after, new ReplyFault.None());
        faults.next(command, times, fault);
    }

    private static ReplyFault fault(JsonNode json) {
        String kind = json.path("kind").asString("");
        return switch (kind) {
            case "none" -> new ReplyFault.None();
            case "lost" -> new ReplyFault.Lost();
            case "late" -> new ReplyFault.Late(Duration.ofMillis(json.path("milliseconds").asLong(0)));
            case "held" -> new ReplyFault.Held();
            case "duplicated" -> new ReplyFault.Duplicated();
            case "foreign" -> new ReplyFault.Foreign();
            case "malformed" -> new ReplyFault.Malformed(flaw(json.path("flaw").asString("")));
            case "refused" -> new ReplyFault.Refused(json.path("code").asInt(0));
            default -> throw new IllegalArgumentException("no fault is of kind '" + kind
                    + "'; there are none, lost, late, held, duplicated, foreign, malformed and refused");
        };
    }

    private static ReplyFault.Flaw flaw(String name) {
        return Arrays.stream(ReplyFault.Flaw.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no flaw is called '" + name + "'; there are " + Arrays.toString(ReplyFault.Flaw.values())));
    }
}
