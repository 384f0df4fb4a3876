package io.acmpintune.engine.console;

import java.util.List;
import java.util.Set;

import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRule;
import io.acmpintune.runtime.access.RouteRules;

import static io.acmpintune.runtime.access.Role.ADMINISTRATOR;
import static io.acmpintune.runtime.access.Role.APPROVER;
import static io.acmpintune.runtime.access.Role.OPERATOR;
import static io.acmpintune.runtime.access.Role.VIEWER;
import static io.acmpintune.runtime.access.RouteRule.get;

/** Lists which roles may use which page. A page that is missing here is closed, and a test fails. */
final class ConsoleRoutes {

    static final RouteRules RULES = new RouteRules(List.of(
            get("/", Role.all()),
            get("/console", Role.all()),
            get("/console/sign-in", Role.all()),
            everybody("/console/preferences"),

            get("/console/clients", Role.all()),
            get("/console/clients/selection", Set.of(OPERATOR)),
            get("/console/clients/{id}", Role.all()),

            get("/console/actions/{action}", Set.of(OPERATOR)),
            RouteRule.post("/console/actions/{action}", OPERATOR),
            RouteRule.post("/console/actions/{action}/job", OPERATOR),

            get("/console/jobs", Role.all()),
            get("/console/jobs/{id}", Role.all()),
            get("/console/jobs/{id}/targets.csv", Role.all()),
            RouteRule.post("/console/jobs/{id}/cancellation", OPERATOR),
            get("/console/jobs/{id}/retry", Set.of(OPERATOR)),
            RouteRule.post("/console/jobs/{id}/retry", OPERATOR),
            get("/console/jobs/{id}/targets/{clientId}", Role.all()),
            RouteRule.post("/console/jobs/{id}/targets/{clientId}/decision", OPERATOR),

            get("/console/approvals", Role.all()),
            get("/console/approvals/{id}", Role.all()),
            RouteRule.post("/console/approvals/{id}/decision", APPROVER),
            RouteRule.post("/console/locks/{workflow}/release", APPROVER, ADMINISTRATOR),

            get("/console/emergency-stop", Role.all()).neverLimited(),
            RouteRule.post("/console/emergency-stop", OPERATOR, APPROVER, ADMINISTRATOR).neverLimited(),
            RouteRule.post("/console/emergency-stop/lift", APPROVER, ADMINISTRATOR),

            get("/console/plan", Role.all()),
            get("/console/plan/dry-run", Set.of(OPERATOR, ADMINISTRATOR)),
            RouteRule.post("/console/plan/runs", OPERATOR, ADMINISTRATOR),
            get("/console/plan/runs/{id}", Role.all()),
            get("/console/plan/holds/{id}", Role.all()),
            RouteRule.post("/console/plan/holds/{id}/decision", ADMINISTRATOR),
            get("/console/plan/removals/{id}", Role.all()),
            RouteRule.post("/console/plan/removals/{id}/decision", ADMINISTRATOR),
            get("/console/plan/parked", Role.all()),
            RouteRule.post("/console/plan/parked/retry", OPERATOR, ADMINISTRATOR),

            get("/console/conflicts", Role.all()),
            get("/console/conflicts/{device}", Role.all()),
            RouteRule.post("/console/conflicts/{device}/decision", OPERATOR),

            get("/console/audit", Set.of(APPROVER, ADMINISTRATOR)),
            get("/console/audit/export", Set.of(APPROVER, ADMINISTRATOR)),
            get("/console/audit/verification", Set.of(APPROVER, ADMINISTRATOR)),
            RouteRule.post("/console/audit/verification", APPROVER, ADMINISTRATOR),
            get("/console/audit/{seq}", Set.of(APPROVER, ADMINISTRATOR)),

            get("/console/access", Set.of(APPROVER, ADMINISTRATOR)),
            RouteRule.post("/console/access/revocation", ADMINISTRATOR),
            RouteRule.post("/console/access/return", APPROVER, ADMINISTRATOR),
            RouteRule.post("/console/access/sessions", ADMINISTRATOR),

            get("/console/set-up", Set.of(ADMINISTRATOR)),
            RouteRule.post("/console/set-up/prerequisites", ADMINISTRATOR),
            RouteRule.post("/console/set-up/connection", ADMINISTRATOR),
            get("/console/set-up/sample", Set.of(ADMINISTRATOR))));

    private ConsoleRoutes() {}

    private static RouteRule everybody(String pattern) {
        return RouteRule.post(pattern, VIEWER, OPERATOR, APPROVER, ADMINISTRATOR);
    }
}
