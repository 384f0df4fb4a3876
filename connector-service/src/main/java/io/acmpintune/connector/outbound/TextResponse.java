package io.acmpintune.connector.outbound;

import java.util.List;
import java.util.Map;

/** A response that was read completely. */
public record TextResponse(int status, Map<String, List<String>> headers, String body) {

    public TextResponse {
        headers = Map.copyOf(headers);
    }
}
