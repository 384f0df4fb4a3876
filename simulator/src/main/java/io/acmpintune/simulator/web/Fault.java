package io.acmpintune.simulator.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that goes wrong with one request instead of, or besides, the honest answer. */
public sealed interface Fault {

    /** Nothing: lets a request pass, so that a later one meets the fault. */
    record None() implements Fault {}

    /** Answers this, and does nothing: a throttle, an outage, a gateway's page. */
    record Reply(int status, Map<String, String> headers, String body) implements Fault {

        public Reply {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /** Does what was asked, then answers this instead of what came of it. */
    record ReplyAfter(Reply reply) implements Fault {}

    /** Closes the connection before anything was done. */
    record DropBefore() implements Fault {}

    /** Does what was asked, then closes the connection without an answer. */
    record DropAfter() implements Fault {}

    /** Resets the connection before anything was done. */
    record ResetBefore() implements Fault {}

    /** Does what was asked, then resets the connection without an answer. */
    record ResetAfter() implements Fault {}

    /** Does what was asked, then sends half of the answer's body and closes the connection. */
    record CutShort() implements Fault {}

    /** Does what was asked, then passes half of the answer's body off as a whole one. */
    record Halve() implements Fault {}

    /**
     * Does what was asked, then keeps the answer back until {@link Faults#release()} or the end of the connection; so a
     * test can kill a client that has sent and has heard nothing.
     */
    record HangAfter() implements Fault {}

    /** Does what was asked, and answers it honestly, after this time. */
    record Delay(Duration time) implements Fault {}

    /** A page that a gateway sends for 502, 503 or 504. */
    static Reply gateway(int status) {
        String reason = switch (status) {
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> throw new IllegalArgumentException("a gateway answers 502, 503 or 504 here, not " + status);
        };
        return new Reply(status, Map.of("Content-Type", "text/html"),
                "<html>\r\n<head><title>%1$d %2$s</title></head>\r\n<body>\r\n<center><h1>%1$d %2$s</h1></center>\r\n</body>\r\n</html>\r\n"
                        .formatted(status, reason));
    }
}
