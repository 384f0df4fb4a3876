package io.acmpintune.connector.graph;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Parses Intune's approval requests. */
final class ApprovalParser {

    private ApprovalParser() {}

    /** Graph may silently ignore the filter, so every row is compared with the code. */
    static ApprovalStatus status(String code, JsonNode answer) {
        for (JsonNode row : answer.path("value")) {
            if (code.equalsIgnoreCase(row.path("requestId").asString(""))
                    || code.equalsIgnoreCase(row.path("id").asString(""))) {
                return status(row);
            }
        }
        return new ApprovalStatus.Unreadable(Problem.of(ProblemKind.APPROVAL_NOT_FOUND,
                "Intune has no approval request with the code " + code + ".",
                "Check Multi Admin Approval in Intune's admin center; the request is searched for again."));
    }

    /** Returns the newest request whose justification contains the action's id. */
    static Optional<ApprovalRequest> newestOf(UUID action, List<JsonNode> requests) {
        return requests.stream()
                .filter(row -> row.path("requestJustification").asString("").contains(action.toString()))
                .max(Comparator.comparing(row -> row.path("requestDateTime").asString("")))
                .flatMap(row -> ApprovalRequirement.code(row.path("requestId").asString(row.path("id").asString("")))
                        .map(code -> new ApprovalRequest(code, status(row))));
    }

    private static ApprovalStatus status(JsonNode row) {
        String note = note(row);
        return switch (row.path("status").asString("").toLowerCase(Locale.ROOT)) {
            case "needsapproval" -> new ApprovalStatus.Waiting();
            case "approved" -> new ApprovalStatus.Approved(note);
            case "completed" -> new ApprovalStatus.Completed();
            case "rejected" -> new ApprovalStatus.Rejected(note);
            case "cancelled", "canceled" -> new ApprovalStatus.Cancelled();
            case "expired" -> new ApprovalStatus.Expired();
            default -> new ApprovalStatus.Unreadable(Problem.of(ProblemKind.APPROVAL_UNCLEAR,
                    "Intune reports the unknown approval status '" + row.path("status").asString("") + "'.",
                    "Check Multi Admin Approval in Intune's admin center; the status is read again."));
        };
    }

    private static @Nullable String note(JsonNode row) {
        String note = row.path("approvalJustification").asString("").strip();
        return note.isEmpty() ? null : note;
    }
}
