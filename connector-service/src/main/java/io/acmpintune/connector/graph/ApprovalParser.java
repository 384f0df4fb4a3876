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

/** Reads Intune's requests for approval ({@code operationApprovalRequests}, beta only). */
final class ApprovalParser {

    private ApprovalParser() {}

    /** Graph is known to ignore a filter without a word, so every row is compared with the code. */
    static ApprovalStatus read(String code, JsonNode answer) {
        for (JsonNode row : answer.path("value")) {
            if (code.equalsIgnoreCase(row.path("requestId").asString(""))
                    || code.equalsIgnoreCase(row.path("id").asString(""))) {
                return stands(row);
            }
        }
        return new ApprovalStatus.Unreadable(Problem.of(ProblemKind.APPROVAL_NOT_FOUND,
                "Intune's list of requests for approval has none with the code " + code + ".",
                "Look in Intune's admin center under Multi Admin Approval; it is looked for again."));
    }

    /** The newest request whose justification names the action. */
    static Optional<ApprovalRequest> naming(UUID action, List<JsonNode> requests) {
        return requests.stream()
                .filter(row -> row.path("requestJustification").asString("").contains(action.toString()))
                .max(Comparator.comparing(row -> row.path("requestDateTime").asString("")))
                .flatMap(row -> ApprovalRequirement.code(row.path("requestId").asString(row.path("id").asString("")))
                        .map(code -> new ApprovalRequest(code, stands(row))));
    }

    private static ApprovalStatus stands(JsonNode row) {
        String note = note(row);
        return switch (row.path("status").asString("").toLowerCase(Locale.ROOT)) {
            case "needsapproval" -> new ApprovalStatus.Waiting();
            case "approved" -> new ApprovalStatus.Approved(note);
            case "completed" -> new ApprovalStatus.Completed();
            case "rejected" -> new ApprovalStatus.Rejected(note);
            case "cancelled", "canceled" -> new ApprovalStatus.Cancelled();
            case "expired" -> new ApprovalStatus.Expired();
            default -> new ApprovalStatus.Unreadable(Problem.of(ProblemKind.APPROVAL_UNCLEAR,
                    "Intune calls the request for approval '" + row.path("status").asString("") + "'.",
                    "Look in Intune's admin center under Multi Admin Approval; it is looked at again."));
        };
    }

    private static @Nullable String note(JsonNode row) {
        String note = row.path("approvalJustification").asString("").strip();
        return note.isEmpty() ? null : note;
    }
}
