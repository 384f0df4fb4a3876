package io.acmpintune.runtime.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

import io.acmpintune.runtime.problem.ProblemException;

/**
 * Closes every handler without a rule. The security filters cannot do this: they do not know whether an address without
 * a rule has a handler, which must be closed, or none, which is a 404.
 */
final class UnlistedRouteInterceptor implements HandlerInterceptor {

    private final RouteAccess access;

    UnlistedRouteInterceptor(RouteAccess access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // the container's error page cannot be requested from outside
        boolean errorPage = request.getDispatcherType() == DispatcherType.ERROR;
        // the handler of static files answers 404 for addresses without a handler
        boolean nowhere = handler instanceof ResourceHttpRequestHandler;
        if (errorPage || nowhere || AccessConfiguration.isOpen(request) || access.find(request).isPresent()) {
            return true;
        }
        throw new ProblemException(Forbidden.because("No role may use this address."));
    }
}
