package io.acmpintune.runtime.access;

import java.util.Set;

import org.springframework.http.HttpMethod;

/**
 * Who may use one route.
 *
 * @param method a rule for GET is one for HEAD, too
 * @param pattern in the syntax of Spring's path patterns, as the controller has it: {@code /api/v1/jobs/{id}}
 * @param roles any of them is enough; never none
 */
public record RouteRule(HttpMethod method, String pattern, Set<Role> roles) {

    public RouteRule {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(method + " " + pattern + " is open to nobody");
        }
        roles = Set.copyOf(roles);
    }

    public static RouteRule get(String pattern, Set<Role> roles) {
        return new RouteRule(HttpMethod.GET, pattern, roles);
    }

    public static RouteRule post(String pattern, Role... roles) {
        return new RouteRule(HttpMethod.POST, pattern, Set.of(roles));
    }

    public static RouteRule put(String pattern, Role... roles) {
        return new RouteRule(HttpMethod.PUT, pattern, Set.of(roles));
    }
}
