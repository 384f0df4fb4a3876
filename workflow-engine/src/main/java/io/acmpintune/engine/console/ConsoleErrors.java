package io.acmpintune.engine.console;

import java.time.Instant;
import java.time.InstantSource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import io.acmpintune.runtime.problem.ProblemException;

/** Shows what failed in the console as a page, before the API's advice makes JSON of it. */
@Component
class ConsoleErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final Frames frames;
    private final InstantSource clock;

    ConsoleErrors(Frames frames, InstantSource clock) {
        this.frames = frames;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception failure) {
        if (!request.getRequestURI().startsWith("/console")) {
            return null;
        }
        return switch (failure) {
            case ProblemException told -> page(request, told.problem().status()).addObject("problem", told.problem());
            case TypeMismatchException _ -> page(request, BAD_REQUEST);
            case ErrorResponse refused -> page(request, refused.getStatusCode().value());
            default -> unexpected(request, failure);
        };
    }

    private ModelAndView unexpected(HttpServletRequest request, Exception failure) {
        Instant at = clock.instant();
        log.error("Unexpected failure of {} {}", request.getMethod(), request.getRequestURI(), failure);
        return page(request, SERVER_ERROR).addObject("at", at);
    }

    private ModelAndView page(HttpServletRequest request, int status) {
        ModelAndView page = new ModelAndView("console/problem", HttpStatusCode.valueOf(status));
        page.addObject("frame", frames.of(request));
        page.addObject("status", status);
        return page;
    }
}
