package io.acmpintune.connector.web;

import java.util.List;

import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;

import static io.acmpintune.runtime.access.Role.ADMINISTRATOR;
import static io.acmpintune.runtime.access.Role.LIFTER;
import static io.acmpintune.runtime.access.Role.OPERATOR;
import static io.acmpintune.runtime.access.Role.STOPPER;
import static io.acmpintune.runtime.access.RouteRule.get;
import static io.acmpintune.runtime.access.RouteRule.post;
import static io.acmpintune.runtime.access.RouteRule.put;

/** Access rules of the API. A route without a rule is closed, and a test fails. */
final class Routes {

    private static final String CONNECTOR = "/api/v1/connectors/{connector}";
    private static final String ACTIONS = CONNECTOR + "/actions";

    static final RouteRules RULES = new RouteRules(List.of(
            // before the routes of a connector, because "verification" could be a connector's name
            post("/api/v1/connectors/verification", OPERATOR, ADMINISTRATOR),
            post(CONNECTOR + "/verification", OPERATOR, ADMINISTRATOR),

            get("/api/v1/revocations", Role.ofConnector()),
            post("/api/v1/revocations", ADMINISTRATOR),
            post("/api/v1/revocations/return", LIFTER),

            get(CONNECTOR, Role.ofConnector()),
            get(CONNECTOR + "/scanner", Role.ofConnector()),
            put(CONNECTOR + "/scanner", ADMINISTRATOR),
            get(CONNECTOR + "/scans", Role.ofConnector()),
            post(CONNECTOR + "/scans", OPERATOR, ADMINISTRATOR),
            get(CONNECTOR + "/credentials", Role.ofConnector()),
            get(CONNECTOR + "/quarantine", Role.ofConnector()),
            get(CONNECTOR + "/removal-holds", Role.ofConnector()),
            post(CONNECTOR + "/removal-holds/{id}/decision", OPERATOR, ADMINISTRATOR),
            get(CONNECTOR + "/devices/changes", Role.ofConnector()).heldOpen(),

            get(CONNECTOR + "/stops", Role.ofConnector()).neverLimited(),
            // StopController checks which of the two may do which
            put(CONNECTOR + "/stops/{origin}", STOPPER, LIFTER).neverLimited(),

            put(CONNECTOR + "/engines/{engine}", OPERATOR),
            post(ACTIONS, OPERATOR),
            get(ACTIONS + "/changes", Role.ofConnector()).heldOpen(),
            get(ACTIONS + "/{id}", Role.ofConnector()),
            get(ACTIONS + "/{id}/history", Role.ofConnector()),
            post(ACTIONS + "/{id}/cancellation", OPERATOR),
            post(ACTIONS + "/{id}/decision", OPERATOR),
            post(ACTIONS + "/{id}/unlock-pin", OPERATOR)));

    private Routes() {}
}
