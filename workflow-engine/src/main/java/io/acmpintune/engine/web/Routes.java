package io.acmpintune.engine.web;

import java.util.List;
import java.util.Set;

import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;

import static io.acmpintune.runtime.access.Role.ADMINISTRATOR;
import static io.acmpintune.runtime.access.Role.APPROVER;
import static io.acmpintune.runtime.access.Role.OPERATOR;
import static io.acmpintune.runtime.access.RouteRule.get;
import static io.acmpintune.runtime.access.RouteRule.post;

/** Lists which roles may use which route. A route that is missing here is closed, and a test fails. */
final class Routes {

    private static final String WORKFLOW = "/api/v1/workflows/{name}";
    private static final String DEVICE = "/api/v1/devices/{workflow}/{device}";

    static final RouteRules RULES = new RouteRules(List.of(
            get("/api/v1/workflows", Role.all()),
            get("/api/v1/clients", Role.all()),

            get("/api/v1/conflicts", Role.all()),
            get(DEVICE, Role.all()),
            post(DEVICE + "/decision", OPERATOR),

            post(WORKFLOW + "/plan", OPERATOR, ADMINISTRATOR),
            get(WORKFLOW + "/runs", Role.all()),
            post(WORKFLOW + "/runs", OPERATOR, ADMINISTRATOR),
            get(WORKFLOW + "/runs/{id}", Role.all()),
            get(WORKFLOW + "/holds", Role.all()),
            get(WORKFLOW + "/holds/{id}", Role.all()),
            post(WORKFLOW + "/holds/{id}/decision", ADMINISTRATOR),
            get(WORKFLOW + "/parked", Role.all()),
            post(WORKFLOW + "/parked/retry", OPERATOR, ADMINISTRATOR),
            post("/api/v1/sics/verification", OPERATOR, ADMINISTRATOR),

            post("/api/v1/query-actions", OPERATOR),
            post("/api/v1/query-actions/preview", OPERATOR),
            get("/api/v1/jobs", Role.all()),
            get("/api/v1/jobs/{id}", Role.all()),
            get("/api/v1/jobs/{id}/events", Role.all()).heldOpen(),
            get("/api/v1/jobs/{id}/targets", Role.all()),
            get("/api/v1/jobs/{id}/targets.csv", Role.all()),
            get("/api/v1/jobs/{id}/targets/{clientId}", Role.all()),
            post("/api/v1/jobs/{id}/targets/{clientId}/decision", OPERATOR),
            post("/api/v1/jobs/{id}/cancellation", OPERATOR),
            post("/api/v1/jobs/{id}/retry", OPERATOR),

            get("/api/v1/approvals", Role.all()),
            get("/api/v1/approvals/{id}", Role.all()),
            post("/api/v1/approvals/{id}/decision", APPROVER),
            get("/api/v1/locks", Role.all()),
            post("/api/v1/locks/{workflow}/release", APPROVER, ADMINISTRATOR),
            get("/api/v1/emergency-stop", Role.all()).neverLimited(),
            post("/api/v1/emergency-stop", OPERATOR, APPROVER, ADMINISTRATOR).neverLimited(),
            post("/api/v1/emergency-stop/lift", APPROVER, ADMINISTRATOR),

            get("/api/v1/revocations", Set.of(APPROVER, ADMINISTRATOR)),
            post("/api/v1/revocations", ADMINISTRATOR),
            post("/api/v1/revocations/return", APPROVER, ADMINISTRATOR),
            post("/api/v1/sessions/end", ADMINISTRATOR),

            get("/api/v1/audit", Set.of(APPROVER, ADMINISTRATOR)),
            get("/api/v1/audit.csv", Set.of(APPROVER, ADMINISTRATOR)),
            post("/api/v1/audit/verification", APPROVER, ADMINISTRATOR),

            get("/api/v1/webhook-deliveries", Role.all()),
            post("/api/v1/webhook-deliveries/{id}/redelivery", ADMINISTRATOR)));

    private Routes() {}
}
