package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Response;

/**
 * Serves beta's {@code operationApprovalRequests}, where an application reads the status of its requests for approval.
 */
final class ApprovalRequests {

    static final String PATH = "/deviceManagement/operationApprovalRequests";

    private static final String CONTEXT = "https://graph.microsoft.com/beta/$metadata#deviceManagement/"
            + "operationApprovalRequests";
    private static final Pattern BY_CODE = Pattern.compile("(?:requestId|id)\\s+eq\\s+'([^']*)'");

    private final Approvals approvals;

    ApprovalRequests(Approvals approvals) {
        this.approvals = approvals;
    }

    Response list(GraphCall call) {
        Optional<String> filter = call.request().query().value("$filter");
        Optional<Matcher> code = filter.map(text -> BY_CODE.matcher(text.strip())).filter(Matcher::matches);
        if (filter.isPresent() && code.isEmpty()) {
            return GraphError.plain(call, 400, "BadRequest", "Invalid filter clause: '" + filter.get() + "'.");
        }
        ApprovalStyle.Lookup lookup = approvals.style().lookup();
        List<Approval> found = approvals.all()
                .stream()
                .filter(approval -> lookup != ApprovalStyle.Lookup.FILTERED
                        || code.map(c -> c.group(1).equalsIgnoreCase(approval.code())).orElse(true))
                .toList();
        ObjectNode body = Json.object();
        body.put("@odata.context", CONTEXT);
        ArrayNode value = body.putArray("value");
        found.forEach(approval -> value.add(entity(approval, lookup)));
        return Response.json(200, body);
    }

    Response read(GraphCall call) {
        String code = call.request().parameter("id");
        return approvals.all()
                .stream()
                .filter(approval -> approval.code().equalsIgnoreCase(code))
                .findFirst()
                .map(approval -> Response.json(200, entity(approval, approvals.style().lookup())))
                .orElseGet(() -> GraphError.intune(call, 404, "ResourceNotFound", "An error has occurred"));
    }

    private static ObjectNode entity(Approval approval, ApprovalStyle.Lookup lookup) {
        ObjectNode entity = Json.object();
        entity.put("@odata.type", "#microsoft.graph.operationApprovalRequest");
        entity.put("id", approval.code());
        if (lookup != ApprovalStyle.Lookup.UNFILTERED_BY_ID) {
            entity.put("requestId", approval.code());
        }
        entity.put("requestDateTime", GraphTime.text(approval.requested()));
        entity.put("expirationDateTime", GraphTime.text(approval.expires()));
        entity.put("lastModifiedDateTime", GraphTime.text(approval.requested()));
        entity.putObject("requestor").putObject("application").put("id", approval.application());
        entity.putNull("approver");
        entity.put("status", approval.status().word());
        entity.put("requestJustification", approval.justification());
        entity.put("approvalJustification", "");
        entity.putArray("requiredOperationApprovalPolicyTypes").add("deviceAction");
        return entity;
    }
}
