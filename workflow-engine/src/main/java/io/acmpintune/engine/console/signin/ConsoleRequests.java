package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.util.Arrays;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Matches the console's requests, and answers rejected ones. */
final class ConsoleRequests {

    static final String SIGN_IN = "/console/sign-in";
    static final String SIGN_OUT = "/console/sign-out";
    /** Attribute by which the error page finds why a form was rejected. */
    static final String REFUSAL = "refusal";

    static final RequestMatcher ASSETS = paths("/console/assets/**", "/webjars/**");

    /** Matches the container's error page, too, if the failed request was the console's. */
    static final RequestMatcher PAGES = new OrRequestMatcher(paths("/", "/console", "/console/**"),
            request -> isErrorPage(request)
                    && String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                            .startsWith("/console"));

    /** Matches what visitors may see without signing in. */
    static final RequestMatcher OPEN = new OrRequestMatcher(paths("/", SIGN_IN, SIGN_IN + "/**"),
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/console/preferences"),
            ConsoleRequests::isErrorPage);

    /** Matches htmx's requests for parts of a page. */
    static final RequestMatcher FRAGMENTS = request -> request.getHeader("HX-Request") != null;

    private ConsoleRequests() {}

    /** Redirects to the sign-in. A part of a page cannot show it, so htmx reloads the whole page. */
    static void requireSignIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (!FRAGMENTS.matches(request)) {
            response.sendRedirect(SIGN_IN);
            return;
        }
        reload(response);
    }

    /** Has htmx load the whole page again. */
    static void reload(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("HX-Refresh", "true");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Answers with the error page, for a form that was too old or a missing role. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        request.setAttribute(REFUSAL, reason instanceof CsrfException ? "form" : "role");
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    private static boolean isErrorPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    private static RequestMatcher paths(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toList());
    }
}
