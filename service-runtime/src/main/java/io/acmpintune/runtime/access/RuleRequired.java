package io.acmpintune.runtime.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

import io.acmpintune.runtime.problem.ProblemException;

/**
 * Closes every handler that no rule speaks of, to everybody. The filters cannot do this: they do not know whether an address
 * without a rule leads to a handler that was forgotten, or nowhere, which is a 404.
 */
final class RuleRequired implements HandlerInterceptor {

    private final RouteAccess access;

    RuleRequired(RouteAccess access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // an answer that failed on its way is told by the container's error page, which nobody can ask for
        boolean errorPage = request.getDispatcherType() == DispatcherType.ERROR;
        // the handler of static files, of which there are none, answers what leads nowhere
        boolean nowhere = handler instanceof ResourceHttpRequestHandler;
        if (errorPage || nowhere || AccessConfiguration.isOpen(request) || access.find(request).isPresent()) {
            return true;
        }
        throw new ProblemException(Forbidden.because("No role may use this address."));
    }
}
