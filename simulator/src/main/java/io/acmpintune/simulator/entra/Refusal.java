package io.acmpintune.simulator.entra;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;

/**
 * Entra's refusal of a token request.
 *
 * @param code the number after {@code AADSTS}; source: "Microsoft Entra authentication and authorization error codes"
 */
record Refusal(int status, String error, int code, String text) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    static Refusal invalidRequest(int code, String text) {
        return new Refusal(400, "invalid_request", code, text);
    }

    static Refusal invalidClient(int code, String text) {
        return new Refusal(401, "invalid_client", code, text);
    }

    static Refusal missingParameter(String name) {
        return invalidRequest(900144, "The request body must contain the following parameter: '" + name + "'.");
    }

    Response answer(Request request, Instant now) {
        String trace = UUID.randomUUID().toString();
        String correlation = correlationId(request).orElseGet(() -> UUID.randomUUID().toString());
        String timestamp = TIMESTAMP.format(now);
        ObjectNode body = Json.object();
        body.put("error", error);
        body.put("error_description", "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s".formatted(code,
                text, trace, correlation, timestamp));
        body.putArray("error_codes").add(code);
        body.put("timestamp", timestamp);
        body.put("trace_id", trace);
        body.put("correlation_id", correlation);
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
        return Response.json(status, body)
                .withHeader("Cache-Control", "no-store, no-cache")
                .withHeader("x-ms-request-id", trace);
    }

    private static Optional<String> correlationId(Request request) {
        return request.header("client-request-id").filter(id -> GUID.matcher(id).matches());
    }
}
