package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The roles of each route. A service has at least one such table. The first matching rule decides; a route without a
 * rule is closed.
 */
public final class RouteRules {

    private final List<Matched> rules;

    private record Matched(RequestMatcher route, RouteRule rule) {}

    public RouteRules(List<RouteRule> rules) {
        this.rules = rules.stream().map(rule -> new Matched(matcher(rule), rule)).toList();
    }

    Optional<RouteRule> find(HttpServletRequest request) {
        return rules.stream().filter(known -> known.route().matches(request)).map(Matched::rule).findFirst();
    }

    private static RequestMatcher matcher(RouteRule rule) {
        PathPatternRequestMatcher route = PathPatternRequestMatcher.withDefaults().matcher(rule.pattern());
        return request -> methodOf(request).equals(rule.method()) && route.matches(request);
    }

    private static HttpMethod methodOf(HttpServletRequest request) {
        HttpMethod method = HttpMethod.valueOf(request.getMethod());
        return method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    }
}
