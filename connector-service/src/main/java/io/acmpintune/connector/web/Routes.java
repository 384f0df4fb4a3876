package io.acmpintune.connector.web;

import java.util.List;

import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;

import static io.acmpintune.runtime.access.Role.ADMINISTRATOR;
import static io.acmpintune.runtime.access.Role.OPERATOR;
import static io.acmpintune.runtime.access.RouteRule.get;
import static io.acmpintune.runtime.access.RouteRule.post;
import static io.acmpintune.runtime.access.RouteRule.put;

/** Access rules of the API. A route without a rule is closed, and a test fails. */
final class Routes {

    private static final String CONNECTOR = "/api/v1/connectors/{connector}";
    private static final String ACTIONS = CONNECTOR + "/actions";

    static final RouteRules RULES = new RouteRules(List.of(
            // before the routes of a connector, because "verification" could be a connector's name
            post("/api/v1/connectors/verification", ADMINISTRATOR),
            post(CONNECTOR + "/verification", OPERATOR, ADMINISTRATOR),

            get(CONNECTOR, Role.all()),
            get(CONNECTOR + "/scanner", Role.all()),
            put(CONNECTOR + "/scanner", ADMINISTRATOR),
            get(CONNECTOR + "/scans", Role.all()),
            post(CONNECTOR + "/scans", OPERATOR, ADMINISTRATOR),
            get(CONNECTOR + "/credentials", Role.all()),
            get(CONNECTOR + "/quarantine", Role.all()),
            get(CONNECTOR + "/removal-holds", Role.all()),
            post(CONNECTOR + "/removal-holds/{id}/decision", ADMINISTRATOR),
            get(CONNECTOR + "/devices/changes", Role.all()).heldOpen(),

            get(CONNECTOR + "/stops", Role.all()).neverLimited(),
            put(CONNECTOR + "/stops/{origin}", OPERATOR, ADMINISTRATOR).neverLimited(),

            post(ACTIONS, OPERATOR),
            get(ACTIONS + "/changes", Role.all()).heldOpen(),
            get(ACTIONS + "/{id}", Role.all()),
            get(ACTIONS + "/{id}/history", Role.all()),
            post(ACTIONS + "/{id}/cancellation", OPERATOR),
            post(ACTIONS + "/{id}/decision", OPERATOR),
            post(ACTIONS + "/{id}/unlock-pin", OPERATOR)));

    private Routes() {}
}
