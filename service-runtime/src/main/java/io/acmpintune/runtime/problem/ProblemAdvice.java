package io.acmpintune.runtime.problem;

import java.net.URI;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

import io.acmpintune.model.problem.Problem;

/** Answers every request of the API that fails with problem details. */
@RestControllerAdvice
public class ProblemAdvice {

    /** Returns null where the client has gone. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> answer(Exception failure, HttpServletRequest request) {
        if (failure instanceof AsyncRequestNotUsableException) {
            return null;
        }
        Problem problem = ProblemMapper.map(failure, request.getMethod() + " " + request.getRequestURI());
        return ResponseEntity.status(problem.status())
                .headers(headers(problem, failure))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.withInstance(URI.create(request.getRequestURI())));
    }

    private static @Nullable HttpHeaders headers(Problem problem, Exception failure) {
        Duration retryAfter = ProblemWriter.retryAfter(problem, failure);
        if (retryAfter != null) {
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, ProblemWriter.seconds(retryAfter));
            return headers;
        }
        return failure instanceof ErrorResponse response ? response.getHeaders() : null;
    }
}
