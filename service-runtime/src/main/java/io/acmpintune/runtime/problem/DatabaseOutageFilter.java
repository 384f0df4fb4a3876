package io.acmpintune.runtime.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;

/**
 * Answers requests that the database fails outside of Spring MVC, such as when it reads a session. Browsers get a page that needs
 * no session.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class DatabaseOutageFilter extends OncePerRequestFilter {

    private final JsonMapper json;

    DatabaseOutageFilter(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            RuntimeException outage = outage(e);
            if (outage == null || response.isCommitted()) {
                throw e;
            }
            response.reset();
            Problem problem = ProblemMapper.map(outage, request.getMethod() + " " + request.getRequestURI());
            if (String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE)) {
                page(response, problem);
            } else {
                ProblemWriter.write(response, json, problem);
            }
        }
    }

    private static @Nullable RuntimeException outage(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> null;
            case DataAccessException database -> database;
            case TransactionException database -> database;
            default -> outage(failure.getCause());
        };
    }

    private static void page(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        response.getOutputStream()
                .write("""
                        <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title><h1>%s</h1><p>%s</p><p>%s</p></html>
                        """
                        .formatted(problem.title(), problem.title(), problem.detail(), problem.remedy())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
