package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * An error response of Graph or of a gateway in between.
 *
 * @param status HTTP status; 0 = no answer
 * @param code Graph's error code; "" = none
 * @param text Intune's message, unwrapped and without internal addresses
 * @param requestId Graph's id of the request, for Microsoft support
 */
public record GraphError(int status, String code, String text, @Nullable String requestId) {

    static GraphError noAnswer(String text) {
        return new GraphError(0, "", text, null);
    }

    /** Describes a server error whose body has not been read. */
    static GraphError failing(int status) {
        return new GraphError(status, "", "server error", null);
    }

    /** Describes a budget that Intune has closed for longer than the caller waits. */
    static GraphError closed(Duration remaining, Instant now) {
        return new GraphError(429, "",
                "no requests are accepted until " + now.plus(remaining).truncatedTo(ChronoUnit.SECONDS),
                null);
    }

    /** Returns the problem for administrators. */
    public Problem toProblem() {
        String id = requestId == null ? "" : " (request id " + requestId + ")";
        String detail = status == 0
                ? text
                : "Graph answered " + status + (code.isEmpty() ? "" : " " + code) + ": " + text;
        return Problem.of(kind(), status, detail + id, remedy());
    }

    private ProblemKind kind() {
        return switch (status) {
            case 0 -> ProblemKind.GRAPH_UNREACHABLE;
            case 401 -> ProblemKind.GRAPH_UNAUTHORIZED;
            case 403 -> ProblemKind.GRAPH_FORBIDDEN;
            case 404 -> ProblemKind.GRAPH_UNKNOWN_DEVICE;
            case 429 -> ProblemKind.GRAPH_THROTTLED;
            default -> status >= 500 ? ProblemKind.GRAPH_FAILING : ProblemKind.GRAPH_REFUSED;
        };
    }

    private String remedy() {
        return switch (status) {
            case 0 -> "Check network, DNS, proxy and firewall to the Graph address; the call is retried.";
            case 401 -> "Check that tenant, cloud and Graph address belong together.";
            case 403 -> text.toLowerCase(Locale.ROOT).contains("licen")
                    ? "The tenant needs an active Intune licence."
                    : "Grant the application the permissions that Graph names (application permissions, with admin consent):"
                            + " reading needs DeviceManagementManagedDevices.Read.All; syncing, locking, retiring and wiping need"
                            + " DeviceManagementManagedDevices.PrivilegedOperations.All; notifications need"
                            + " DeviceManagementManagedDevices.ReadWrite.All.";
            case 404 -> "The device was removed from Intune; the next full scan reflects this.";
            case 429 -> "No action needed: the call is retried when Graph allows it.";
            default -> status >= 500
                    ? "The call is retried. If the problem persists, check Microsoft's service health."
                    : "See Graph's message; Microsoft support can look up the request id.";
        };
    }
}
