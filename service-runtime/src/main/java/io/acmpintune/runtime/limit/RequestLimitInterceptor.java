package io.acmpintune.runtime.limit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

import io.acmpintune.runtime.access.RouteAccess;
import io.acmpintune.runtime.access.RouteRule;

/** Applies the limits to requests with an identity, as the rule of their route says. */
final class RequestLimitInterceptor implements HandlerInterceptor {

    private static final String HOLDER = RequestLimitInterceptor.class.getName();

    private final RouteAccess access;
    private final RequestLimits limits;

    RequestLimitInterceptor(RouteAccess access, RequestLimits limits) {
        this.access = access;
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (request.getDispatcherType() != DispatcherType.REQUEST || caller == null
                || caller instanceof AnonymousAuthenticationToken) {
            return true;
        }
        String identity = caller.getName();
        RouteRule.Limit limit = access.find(request).map(RouteRule::limit).orElse(RouteRule.Limit.COUNTED);
        switch (limit) {
            case NEVER_LIMITED -> {
                // the emergency stop
            }
            case COUNTED -> limits.count(identity);
            case HELD_OPEN -> {
                limits.count(identity);
                limits.hold(identity);
                request.setAttribute(HOLDER, identity);
            }
        }
        return true;
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception failure) {
        if (request.getAttribute(HOLDER) instanceof String identity) {
            request.removeAttribute(HOLDER);
            limits.release(identity);
        }
    }
}
