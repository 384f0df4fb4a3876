package io.acmpintune.runtime.access;

import java.util.Set;

import org.springframework.http.HttpMethod;

/**
 * Who may use one route.
 *
 * @param method a rule for GET applies to HEAD, too
 * @param pattern Spring's path pattern, as in the controller: {@code /api/v1/jobs/{id}}
 * @param roles any of them suffices; not empty
 * @param limit how far the limits on requests apply
 */
public record RouteRule(HttpMethod method, String pattern, Set<Role> roles, Limit limit) {

    /** How far the limits on requests apply to a route. */
    public enum Limit {
        /** Each request counts. */
        COUNTED,
        /** Each request counts, and only so many may be open at once. */
        HELD_OPEN,
        /** Stopping is always possible. */
        NEVER_LIMITED
    }

    public RouteRule {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(method + " " + pattern + " has no role");
        }
        roles = Set.copyOf(roles);
    }

    public RouteRule(HttpMethod method, String pattern, Set<Role> roles) {
        this(method, pattern, roles, Limit.COUNTED);
    }

    /** Returns the rule of a route whose requests stay open: an event stream or a long poll. */
    public RouteRule heldOpen() {
        return new RouteRule(method, pattern, roles, Limit.HELD_OPEN);
    }

    /** Returns the rule of a route that answers however many requests a caller sends. */
    public RouteRule neverLimited() {
        return new RouteRule(method, pattern, roles, Limit.NEVER_LIMITED);
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
