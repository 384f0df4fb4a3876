package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads error responses. Intune nests JSON in the JSON of Graph's error, up to twice; a gateway may answer with HTML or JSON of its
 * own. Any content becomes a {@link GraphError}, never an exception.
 */
final class GraphErrorReader {

    private static final int LONGEST_TEXT = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final JsonMapper json;

    GraphErrorReader(JsonMapper json) {
        this.json = json;
    }

    GraphError read(int status, String body, @Nullable String requestIdHeader) {
        JsonNode error = tree(body).map(node -> node.path("error")).orElseGet(json::nullNode);
        String requestId = requestIdHeader != null
                ? requestIdHeader
                : blankToNull(error.path("innerError").path("request-id").asString(""));
        String text = unwrap(error.path("message").asString(""));
        if (text.isEmpty()) {
            text = body.isBlank() ? "no message" : "not an answer from Graph: " + body.strip();
        }
        return new GraphError(status, error.path("code").asString(""), shorten(text), requestId);
    }

    /** Returns the message of Intune's nested JSON up to its operation id; the rest is internal to Microsoft. */
    private String unwrap(String message) {
        String text = message;
        for (int level = 0; level < 2 && text.startsWith("{"); level++) {
            JsonNode inner = tree(text).orElseGet(json::nullNode);
            String next = inner.path("Message").asString(inner.path("error").path("message").asString(""));
            if (next.isEmpty()) {
                break;
            }
            text = next;
        }
        int internals = text.indexOf(" - Operation ID");
        return (internals > 0 ? text.substring(0, internals) : text).strip();
    }

    private Optional<JsonNode> tree(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(json.readTree(text));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /**
     * Parses {@code Retry-After}: seconds, possibly with a fraction, or a date.
     *
     * @return at most a day; empty if the header is missing, as often with Intune, or not positive, which would cause a busy loop
     */
    static Optional<Duration> retryAfter(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String value = header.strip();
        try {
            double seconds = Double.parseDouble(value);
            return Double.isFinite(seconds)
                    ? within(Duration
                            .ofMillis((long) Math.ceil(Math.min(seconds, (double) LONGEST_WAIT.toSeconds()) * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            // perhaps a date
        }
        try {
            return within(Duration.between(now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> within(Duration wait) {
        return wait.isPositive()
                ? Optional.of(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT)
                : Optional.empty();
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
