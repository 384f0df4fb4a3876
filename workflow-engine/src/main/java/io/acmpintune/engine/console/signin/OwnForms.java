package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.csrf.MissingCsrfTokenException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects forms that do not come from the console's own pages. Another site in the same domain could set the cookie that a form's token
 * is compared with, but it cannot forge the browser's Fetch Metadata.
 */
final class OwnForms extends OncePerRequestFilter {

    private static final String FROM = "Sec-Fetch-Site";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String from = request.getHeader(FROM);
        if (from == null || from.equals("same-origin") || READING.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else {
            ConsoleRequests.refuse(request, response, new MissingCsrfTokenException(from));
        }
    }
}
