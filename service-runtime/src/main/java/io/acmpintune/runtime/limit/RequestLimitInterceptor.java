package io.acmpintune.runtime.limit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

import io.acmpintune.runtime.access.RouteAccess;
import io.acmpintune.runtime.access.RouteRule;
import io.acmpintune.runtime.limit.RequestLimits.Held;

/** Applies the limits to requests with an identity, as the rule of their route says. */
final class RequestLimitInterceptor implements HandlerInterceptor {

    private static final String HOLDER = RequestLimitInterceptor.class.getName();
    /** Most orders are far smaller. */
    private static final long LARGE_BODY = 64 * 1024;

    /** What a request holds until it ends. */
    private record Holding(String identity, Held what) {}

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
            case COUNTED -> {
                limits.count(identity);
                if (mayHaveLargeBody(request)) {
                    hold(request, identity, Held.LARGE_BODY);
                }
            }
            case HELD_OPEN -> {
                limits.count(identity);
                hold(request, identity, Held.STREAM);
            }
        }
        return true;
    }

    private void hold(HttpServletRequest request, String identity, Held what) {
        limits.hold(identity, what);
        request.setAttribute(HOLDER, new Holding(identity, what));
    }

    private static boolean mayHaveLargeBody(HttpServletRequest request) {
        return request.getContentLengthLong() > LARGE_BODY || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception failure) {
        if (request.getAttribute(HOLDER) instanceof Holding(var identity, var what)) {
            request.removeAttribute(HOLDER);
            limits.release(identity, what);
        }
    }
}
