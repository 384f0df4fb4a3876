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
 * Reads error answers. Intune nests JSON in the JSON of Graph's error, up to twice; a gateway on the way answers HTML or JSON of
 * its own. All of it becomes a {@link GraphError}, none of it an exception.
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
            text = body.isBlank() ? "no text" : "not an answer of Graph's: " + body.strip();
        }
        return new GraphError(status, error.path("code").asString(""), shorten(text), requestId);
    }

    /** The message of Intune's nested JSON, up to its operation id; what follows is for Microsoft only. */
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
     * How long Graph wants us to wait: seconds, with a fraction perhaps, or a date; a day at most.
     *
     * @return empty when it does not say, as Intune often does not, or says no time at all: repeating at once would be a loop
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
