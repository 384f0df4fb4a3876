package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * What Graph, or something on the way to it, answered instead of what was asked for.
 *
 * @param status HTTP status; 0 = no answer
 * @param code Graph's error code; "" when there is none
 * @param text Intune's message, unwrapped and without its internal address
 * @param requestId Graph's id of the request, for Microsoft's support
 */
public record GraphError(int status, String code, String text, @Nullable String requestId) {

    static GraphError noAnswer(String text) {
        return new GraphError(0, "", text, null);
    }

    /** Before the answer's text is read. */
    static GraphError failing(int status) {
        return new GraphError(status, "", "it is failing", null);
    }

    /** Intune closed the budget for longer than a caller waits. */
    static GraphError closed(Duration left, Instant now) {
        return new GraphError(429, "", "it wants no requests until " + now.plus(left).truncatedTo(ChronoUnit.SECONDS),
                null);
    }

    /** The problem as an administrator reads it. */
    public Problem toProblem() {
        String id = requestId == null ? "" : " (request id " + requestId + ")";
        String said = status == 0
                ? text
                : "Graph answered " + status + (code.isEmpty() ? "" : " " + code) + ": " + text;
        return Problem.of(kind(), status, said + id, remedy());
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
            case 0 -> "Check network, DNS, proxy and firewall to the Graph address; it is tried again.";
            case 401 -> "Check that tenant, cloud and Graph address belong together.";
            case 403 -> text.toLowerCase(Locale.ROOT).contains("licen")
                    ? "The tenant needs an active Intune licence."
                    : "Grant the application the permissions named in Graph's text (application permissions, admin consent);"
                            + " reading needs DeviceManagementManagedDevices.Read.All, synchronizing, locking, retiring and wiping"
                            + " DeviceManagementManagedDevices.PrivilegedOperations.All, notifying"
                            + " DeviceManagementManagedDevices.ReadWrite.All.";
            case 404 -> "The device left Intune; the next full scan shows it.";
            case 429 -> "Nothing: it is tried again when Graph allows it.";
            default -> status >= 500
                    ? "Nothing at first: it is tried again. If it stays, see Microsoft's service health."
                    : "See Graph's text; with the request id Microsoft's support can look it up.";
        };
    }
}
