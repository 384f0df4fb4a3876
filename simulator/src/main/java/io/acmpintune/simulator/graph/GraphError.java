package io.acmpintune.simulator.graph;

import java.time.temporal.ChronoUnit;
import java.util.UUID;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Response;

/** Creates Graph's error bodies: plain ones, and Intune's, whose message is itself JSON. */
final class GraphError {

    private GraphError() {}

    static Response plain(GraphCall call, int status, String code, String message) {
        return Response.json(status, body(call, code, message));
    }

    static Response intune(GraphCall call, int status, String code, String message) {
        ObjectNode inner = Json.object();
        inner.put("_version", 3);
        inner.put("Message", message + " - Operation ID (for customer support): " + new UUID(0, 0) + " - Activity ID: "
                + call.requestId()
                + " - Url: https://fef.amsua0102.manage.microsoft.com/DeviceFE/StatelessDeviceFEService"
                + call.request().path() + "?api-version=2024-07-01");
        inner.put("CustomApiErrorPhrase", "");
        inner.putNull("RetryAfter");
        inner.put("ErrorSourceService", "");
        inner.put("HttpHeaders", "{}");
        return plain(call, status, code, inner.toPrettyString());
    }

    /** Creates the error for a device that is not in Intune. */
    static Response noDevice(GraphCall call) {
        return intune(call, 404, "ResourceNotFound",
                "Resource not found for the device '" + call.request().parameter("id") + "'");
    }

    private static ObjectNode body(GraphCall call, String code, String message) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", code);
        error.put("message", message);
        ObjectNode inner = error.putObject("innerError");
        // Graph gives the date without an offset, which strict parsers reject.
        inner.put("date", call.at().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        inner.put("request-id", call.requestId());
        inner.put("client-request-id", call.clientRequestId());
        return body;
    }
}
