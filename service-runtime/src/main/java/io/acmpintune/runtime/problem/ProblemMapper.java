package io.acmpintune.runtime.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import tools.jackson.core.JacksonException;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;

/** Maps every exception that ends a request to a problem, for the API and the console. Logs those that are the service's fault. */
public final class ProblemMapper {

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    private ProblemMapper() {}

    /** @param request names the request in the log, without its body or query */
    public static Problem map(Exception failure, String request) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            // a body that turned out to be too large while it was read
            case HttpMessageNotReadableException unreadable when unreadable
                    .getMostSpecificCause() instanceof ProblemException known ->
                known.problem();
            case DataAccessException database -> database(database, request);
            case TransactionException database -> database(database, request);
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case ConversionNotSupportedException unexpected -> unexpected(unexpected, request);
            case TypeMismatchException mismatch -> mismatch(mismatch);
            case ErrorResponse refused -> refused(refused);
            default -> unexpected(failure, request);
        };
    }

    /** A change is stored together with its audit entry or not at all, so a failed request has changed nothing. */
    private static Problem database(RuntimeException failure, String request) {
        if (isInvalidValue(failure)) {
            return InvalidRequest.problem("The database cannot store a value of the request, such as a text with a NUL"
                    + " character; nothing was changed.");
        }
        if (isUnavailable(failure)) {
            log.warn("The database is unavailable (request={}, cause={})", request,
                    NestedExceptionUtils.getMostSpecificCause(failure).toString());
        } else {
            log.error("The database failed (request={})", request, failure);
        }
        return Problem.of(ProblemKind.DATABASE_UNAVAILABLE,
                "The database could not be read or written; this request has changed nothing.",
                "Repeat the request with the same idempotency key; if it fails again, check the database and the service's"
                        + " log of this time.");
    }

    /** No connection, or one that broke: an outage fails many requests, and a stack trace each would say nothing more. */
    private static boolean isUnavailable(RuntimeException failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof PessimisticLockingFailureException;
    }

    /** SQLSTATE class 22, "data exception": a parameter's value is at fault, not the database. */
    private static boolean isInvalidValue(@Nullable Throwable failure) {
        if (failure instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("22")) {
            return true;
        }
        return failure != null && isInvalidValue(failure.getCause());
    }

    private static Problem unexpected(Exception failure, String request) {
        log.error("Unexpected failure (request={})", request, failure);
        return Problem.of(ProblemKind.INTERNAL_ERROR, "The service failed unexpectedly.",
                "Try again; if it fails again, report what the service's log says at this time.");
    }

    private static Problem mismatch(TypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        String expected = type == null ? "value of another type" : type.getSimpleName();
        Problem problem = InvalidRequest
                .problem("The value of " + mismatch.getPropertyName() + " is not a " + expected + ".");
        return mismatch.getPropertyName() == null
                ? problem
                : problem.withErrors(List.of(new FieldError(mismatch.getPropertyName(), "must be a " + expected)));
    }

    private static Problem refused(ErrorResponse response) {
        String known = response.getBody().getDetail();
        String detail = known == null ? "The request cannot be served." : known;
        int status = response.getStatusCode().value();
        return switch (status) {
            case 400 -> InvalidRequest.problem(detail);
            case 404 -> Problem.of(ProblemKind.UNKNOWN_ADDRESS, detail, "Check the path; the API is under /api/v1.");
            case 405 -> Problem.of(ProblemKind.METHOD_NOT_ALLOWED, detail, "Use a method that the header Allow names.");
            case 406 -> Problem.of(ProblemKind.NOT_ACCEPTABLE, detail, "Accept application/json.");
            case 415 ->
                Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail, "Send the body as application/json.");
            default -> Problem.of(ProblemKind.REQUEST_REJECTED, status, detail,
                    "Correct the request; if it is right, see the service's log of this time.");
        };
    }

    /** Names the place in the body; the parser's own message may repeat the caller's data and is not passed on. */
    private static Problem unreadable(HttpMessageNotReadableException failure) {
        Problem problem = InvalidRequest.problem("The body is not the JSON that is expected here.");
        if (!(failure.getCause() instanceof JacksonException cause)) {
            return problem.withErrors(List.of(new FieldError("(body)", "is missing")));
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
        return problem
                .withErrors(
                        List.of(new FieldError(field.isEmpty() ? "(body)" : field.replaceFirst("^\\.", ""), reason)));
    }
}
