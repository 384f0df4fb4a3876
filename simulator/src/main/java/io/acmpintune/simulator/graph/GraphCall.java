package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.UUID;

import io.acmpintune.simulator.web.Request;

/**
 * A call of Graph with its request ids.
 *
 * @param application client id of the caller; "" before its token is verified
 */
record GraphCall(Request request, ApiVersion version, Instant at, String requestId, String clientRequestId,
        String application) {

    static GraphCall of(Request request, ApiVersion version, Instant at) {
        String id = UUID.randomUUID().toString();
        return new GraphCall(request, version, at, id, request.header("client-request-id").orElse(id), "");
    }

    GraphCall by(String caller) {
        return new GraphCall(request, version, at, requestId, clientRequestId, caller);
    }
}
