package io.acmpintune.simulator.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A fault of one request, instead of or in addition to the correct response. */
public sealed interface Fault {

    /** No fault: delays later faults by one request. */
    record None() implements Fault {}

    /** Responds without executing the request: throttling, an outage, a gateway's page. */
    record Reply(int status, Map<String, String> headers, String body) implements Fault {

        public Reply {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /** Executes the request, then sends this response instead. */
    record ReplyAfter(Reply reply) implements Fault {}

    /** Closes the connection without executing the request. */
    record DropBefore() implements Fault {}

    /** Executes the request, then closes the connection without a response. */
    record DropAfter() implements Fault {}

    /** Resets the connection without executing the request. */
    record ResetBefore() implements Fault {}

    /** Executes the request, then resets the connection without a response. */
    record ResetAfter() implements Fault {}

    /** Executes the request, then sends half of the body and closes the connection. */
    record CutShort() implements Fault {}

    /** Executes the request, then sends half of the body as if it were complete. */
    record Halve() implements Fault {}

    /**
     * Executes the request, then holds the response until {@link Faults#release()} or the end of the connection. A test
     * can then kill a client that waits for its response.
     */
    record HangAfter() implements Fault {}

    /** Executes the request and sends the correct response after this time. */
    record Delay(Duration time) implements Fault {}

    /** Returns a gateway's page for 502, 503 or 504. */
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
