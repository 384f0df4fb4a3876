package io.acmpintune.engine.console;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.problem.ProblemMapper;
import io.acmpintune.runtime.problem.ProblemWriter;

/** Renders the problem that ends a request of the console as a page, before the API's advice answers it as JSON. */
@Component
class ConsoleErrors implements HandlerExceptionResolver, Ordered {

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
        Problem problem = ProblemMapper.map(failure, request.getMethod() + " " + request.getRequestURI());
        Duration retryAfter = ProblemWriter.retryAfter(problem, failure);
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ProblemWriter.seconds(retryAfter));
        }
        ModelAndView page = new ModelAndView("console/problem", HttpStatusCode.valueOf(problem.status()));
        page.addObject("frame", frames.of(request));
        page.addObject("problem", problem);
        // what Spring MVC rejects itself has a text in the viewer's language
        page.addObject("localized", !(failure instanceof ProblemException));
        page.addObject("at", problem.status() >= SERVER_ERROR ? clock.instant() : null);
        return page;
    }
}
