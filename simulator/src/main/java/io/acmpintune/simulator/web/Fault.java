package io.acmpintune.simulator.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that goes wrong with one request instead of the honest answer. */
public sealed interface Fault {

    /** Answers this, and does nothing: a throttle, an outage, a gateway's page. */
    record Reply(int status, Map<String, String> headers, String body) implements Fault {
        public Reply {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /** Closes the connection before anything was done. */
    record DropBefore() implements Fault {}

    /** Does what was asked, then closes the connection without an answer. */
    record DropAfter() implements Fault {}
}
