package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Decides whether an authenticated caller may use a route, by all rules of a service. */
public final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {

    private final List<RouteRules> tables;

    public RouteAccess(List<RouteRules> tables) {
        this.tables = List.copyOf(tables);
    }

    /** Admits authenticated callers to routes without a rule; {@link UnlistedRouteInterceptor} answers those. */
    @Override
    public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        Authentication caller = authentication.get();
        if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken) {
            return new AuthorizationDecision(false);
        }
        Optional<RouteRule> rule = find(context.getRequest());
        return new AuthorizationDecision(rule.isEmpty() || Identity.of(caller).hasAnyOf(rule.get().roles()));
    }

    /** Returns the rule of a request's route; empty if it has none. */
    public Optional<RouteRule> find(HttpServletRequest request) {
        return tables.stream().flatMap(table -> table.find(request).stream()).findFirst();
    }
}
