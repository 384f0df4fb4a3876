package io.acmpintune.runtime.access;

import java.util.Set;

import org.springframework.http.HttpMethod;

/**
 * Who may use one route.
 *
 * @param method a rule for GET applies to HEAD, too
 * @param pattern Spring's path pattern, as in the controller: {@code /api/v1/jobs/{id}}
 * @param roles any of them suffices; not empty
 */
public record RouteRule(HttpMethod method, String pattern, Set<Role> roles) {

    public RouteRule {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(method + " " + pattern + " has no role");
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
