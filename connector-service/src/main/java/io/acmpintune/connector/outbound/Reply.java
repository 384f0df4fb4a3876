package io.acmpintune.connector.outbound;

import java.util.List;
import java.util.Map;

/** An answer, read whole. */
public record Reply(int status, Map<String, List<String>> headers, String body) {

    public Reply {
        headers = Map.copyOf(headers);
    }
}
