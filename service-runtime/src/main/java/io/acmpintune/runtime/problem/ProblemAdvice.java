package io.acmpintune.runtime.problem;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Turns every exception of a controller, and every one that Spring MVC throws itself, into a {@link Problem}. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException exception, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (exception.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(exception.retryAfter().toSeconds()));
        }
        return answer(exception.problem(), headers, request);
    }

    /** Whatever was asked is undone: what is stored is stored with its audit entry, or not at all. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> notStored(RuntimeException exception, WebRequest request) {
        if (isAboutAValue(exception)) {
            return answer(Problem.of(ProblemKind.INVALID_REQUEST,
                    "The request holds a value that the database cannot take, such as a text with a NUL character.",
                    "Send texts without control characters; nothing was changed by this request."), new HttpHeaders(),
                    request);
        }
        log.error("The database did not serve {}", request.getDescription(false), exception);
        return answer(Problem.of(ProblemKind.DATABASE_UNAVAILABLE,
                "Nothing was changed by this request: what it needs could not be read, or not be stored.",
                "Repeat it, with the same idempotency key if it has one; if it stays, look for this time in the service's"
                        + " log."),
                new HttpHeaders(), request);
    }

    /** SQLSTATE class 22, "data exception": the value of a parameter, not the database, is at fault. */
    private static boolean isAboutAValue(@Nullable Throwable failure) {
        if (failure instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("22")) {
            return true;
        }
        return failure != null && isAboutAValue(failure.getCause());
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception exception, WebRequest request) {
        log.error("Unexpected failure of {}", request.getDescription(false), exception);
        return answer(
                Problem.of(ProblemKind.INTERNAL_ERROR, "The service failed in a way that it does not know.",
                        "Try again; if it stays, look for this time in the service's log and report it."),
                new HttpHeaders(),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException exception,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(exception), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = detail(exception, body);
        Problem problem = switch (status.value()) {
            case 400 ->
                Problem.of(ProblemKind.INVALID_REQUEST, detail, "Correct what is named and send the request again.");
            case 404 -> Problem.of(ProblemKind.UNKNOWN_ADDRESS, detail, "Check the path; the API lies under /api/v1.");
            case 405 -> Problem.of(ProblemKind.METHOD_NOT_ALLOWED, detail,
                    "Use one of the methods that the Allow header names.");
            case 406 -> Problem.of(ProblemKind.NOT_ACCEPTABLE, detail, "Accept application/json.");
            case 415 -> Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail, "Send the body as application/json.");
            default -> Problem.of(ProblemKind.REQUEST_REJECTED, status.value(), detail,
                    "Try again; if it stays, look for this time in the service's log.");
        };
        return answer(exception instanceof TypeMismatchException mismatch && mismatch.getPropertyName() != null
                ? problem.withErrors(List.of(new Problem.FieldError(mismatch.getPropertyName(),
                        "must be a " + wanted(mismatch))))
                : problem, headers, request);
    }

    private static String wanted(TypeMismatchException mismatch) {
        Class<?> wanted = mismatch.getRequiredType();
        return wanted == null ? "value that is taken there" : wanted.getSimpleName();
    }

    private static String detail(Exception exception, @Nullable Object body) {
        if (exception instanceof TypeMismatchException mismatch) {
            return "The value of " + mismatch.getPropertyName() + " is not a " + wanted(mismatch) + ".";
        }
        ProblemDetail known = body instanceof ProblemDetail given
                ? given
                : exception instanceof ErrorResponse response ? response.getBody() : null;
        return known == null || known.getDetail() == null ? "The request cannot be served." : known.getDetail();
    }

    /** Names the place in the body; the parser's own words may repeat the caller's data and are not passed on. */
    private static Problem unreadable(HttpMessageNotReadableException exception) {
        Problem problem = Problem.of(ProblemKind.INVALID_REQUEST,
                "The body cannot be read as the JSON that is expected here.",
                "Correct what is named and send the request again.");
        if (!(exception.getCause() instanceof JacksonException cause)) {
            return problem.withErrors(List.of(new Problem.FieldError("(body)", "is missing")));
        }
        String field = cause.getPath()
                .stream()
                .map(step -> step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining());
        Throwable root = cause.getCause();
        String reason = root instanceof IllegalArgumentException && root.getMessage() != null
                ? root.getMessage()
                : "not of the expected type, or not JSON, near line " + cause.getLocation().getLineNr() + ", column "
                        + cause.getLocation().getColumnNr();
        return problem.withErrors(
                List.of(new Problem.FieldError(field.isEmpty() ? "(body)" : field.replaceFirst("^\\.", ""), reason)));
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, WebRequest request) {
        URI instance = request instanceof ServletWebRequest servlet
                ? URI.create(servlet.getRequest().getRequestURI())
                : problem.instance();
        Problem complete = problem.withInstance(instance);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(complete);
    }
}
