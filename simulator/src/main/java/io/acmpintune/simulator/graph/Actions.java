package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Response;

/** Accepts actions for devices, or refuses them in the same order of checks as Graph and Intune. */
final class Actions {

    private static final int NOTIFICATIONS_AN_HOUR = 10;

    private final Tenant tenant;

    Actions(Tenant tenant) {
        this.tenant = tenant;
    }

    Response run(GraphCall call, Action action) {
        return switch (ActionParameters.parse(action, call.version(), call.request())) {
            case ActionParameters.Parsed.Refused(String message) ->
                GraphError.plain(call, 400, "BadRequest", message);
            case ActionParameters.Parsed.Accepted(ObjectNode parameters) ->
                tenant.find(call.request().parameter("id"))
                        .map(device -> run(call, new ActionRequest(action, device, parameters)))
                        .orElseGet(() -> GraphError.noDevice(call));
        };
    }

    /** Synchronized, so that concurrent requests neither exceed a limit nor use an approval twice. */
    private synchronized Response run(GraphCall call, ActionRequest order) {
        Optional<Response> refusal = unsupported(call, order).or(() -> tooManyNotifications(call, order))
                .or(() -> tooManyToday(call, order));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (tenant.approvalRequests().rule(call, order)) {
            case Approvals.Ruling.Free() -> execute(order);
            case Approvals.Ruling.Approved(String code) -> {
                tenant.approvalRequests().complete(code);
                yield execute(order);
            }
            case Approvals.Ruling.Refused(int status, String code, String message) ->
                GraphError.intune(call, status, code, message);
            case Approvals.Ruling.Filed(Approval approval, ApprovalStyle style) -> filed(call, approval.code(), style);
        };
    }

    private Response execute(ActionRequest order) {
        tenant.execute(order);
        return Response.empty(204);
    }

    private static Response filed(GraphCall call, String code, ApprovalStyle style) {
        String message = "Approval Required. Request Approval using the request ID returned as part of the "
                + Approvals.CODE + " response header.";
        boolean inMessage = style.code() != ApprovalStyle.Code.IN_HEADER;
        String error = switch (style.status()) {
            case 403 -> "ApprovalRequired";
            default -> "BadRequest";
        };
        Response answer = GraphError.intune(call, style.status(), error,
                inMessage ? message + " " + Approvals.CODE + ": " + code : message);
        return style.code() == ApprovalStyle.Code.IN_MESSAGE ? answer : answer.withHeader(Approvals.CODE, code);
    }

    /** Users report that Intune gives no reason. */
    private static Optional<Response> unsupported(GraphCall call, ActionRequest order) {
        return order.action().supportedBy(order.device().row())
                ? Optional.empty()
                : Optional.of(GraphError.intune(call, 400, "BadRequest", "An error has occurred"));
    }

    /**
     * Ten notifications an hour are documented. How Intune refuses the eleventh is not: this response is an assumption.
     */
    private Optional<Response> tooManyNotifications(GraphCall call, ActionRequest order) {
        return order.action() == Action.NOTIFY
                && tenant.notificationsSent(order.device(), Duration.ofHours(1)) >= NOTIFICATIONS_AN_HOUR
                        ? Optional.of(GraphError.plain(call, 429, "TooManyRequests", "An error has occurred."))
                        : Optional.empty();
    }

    /** The daily limits are documented. How Intune refuses more is not: status and text are an assumption. */
    private Optional<Response> tooManyToday(GraphCall call, ActionRequest order) {
        return tenant.dailyLimitReached(order.action())
                ? Optional.of(GraphError.intune(call, 400, "BadRequest",
                        "The daily limit of " + order.action().segment() + " actions for this tenant has been reached"))
                : Optional.empty();
    }
}
