package io.acmpintune.runtime.problem;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Writes problems as responses where Spring MVC does not. */
public final class ProblemWriter {

    /** How long a caller should wait for the database. */
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    private ProblemWriter() {}

    public static void write(HttpServletResponse response, JsonMapper json, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        Duration retryAfter = retryAfter(problem, null);
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    /** Returns how long the caller of a failed request should wait; null = not known. */
    public static @Nullable Duration retryAfter(Problem problem, @Nullable Exception failure) {
        if (failure instanceof ProblemException ended && ended.retryAfter() != null) {
            return ended.retryAfter();
        }
        return problem.kind() == ProblemKind.DATABASE_UNAVAILABLE ? DATABASE_RETRY : null;
    }

    /** Returns the value of the header {@code Retry-After}: whole seconds, at least one. */
    public static String seconds(Duration retryAfter) {
        return Long.toString(Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds()));
    }
}
