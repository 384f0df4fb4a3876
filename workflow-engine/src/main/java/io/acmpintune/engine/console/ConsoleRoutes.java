package io.acmpintune.engine.console;

import java.util.List;

import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRule;
import io.acmpintune.runtime.access.RouteRules;

import static io.acmpintune.runtime.access.Role.ADMINISTRATOR;
import static io.acmpintune.runtime.access.Role.APPROVER;
import static io.acmpintune.runtime.access.Role.OPERATOR;
import static io.acmpintune.runtime.access.Role.VIEWER;
import static io.acmpintune.runtime.access.RouteRule.get;

/** Who may see which page. A page that is not here is closed to everybody, and its test fails. */
final class ConsoleRoutes {

    static final RouteRules RULES = new RouteRules(List.of(
            get("/", Role.all()),
            get("/console", Role.all()),
            get("/console/sign-in", Role.all()),
            everybody("/console/preferences"),

            get("/console/clients", Role.all()),
            get("/console/clients/{id}", Role.all())));

    private ConsoleRoutes() {}

    private static RouteRule everybody(String pattern) {
        return RouteRule.post(pattern, VIEWER, OPERATOR, APPROVER, ADMINISTRATOR);
    }
}
