package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that are idle, that have lasted a working day, or whose user's configuration has changed. Pages that refresh themselves
 * send {@link #POLL}, which does not count as activity.
 */
final class SessionLimits extends OncePerRequestFilter {

    static final String POLL = "X-Console-Poll";
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);

    private static final String ACTIVE = SessionLimits.class.getName();
    /** Precision of the last activity, since each update is a write to the database. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final LocalSignIn signIn;
    private final InstantSource clock;

    SessionLimits(LocalSignIn signIn, InstantSource clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            check(session, request.getHeader(POLL) != null);
        }
        chain.doFilter(request, response);
    }

    private void check(HttpSession session, boolean poll) {
        Instant now = clock.instant();
        Instant active = session.getAttribute(ACTIVE) instanceof Instant known ? known : now;
        boolean over = active.plus(IDLE).isBefore(now)
                || Instant.ofEpochMilli(session.getCreationTime()).plus(LONGEST).isBefore(now)
                || !isCurrent(SecurityContextHolder.getContext().getAuthentication());
        if (over) {
            session.invalidate();
            SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
        } else if (session.getAttribute(ACTIVE) == null || (!poll && active.plus(GRAIN).isBefore(now))) {
            session.setAttribute(ACTIVE, now);
        }
    }

    private boolean isCurrent(@Nullable Authentication authentication) {
        return authentication == null || !(authentication.getPrincipal() instanceof ConsoleUser user)
                || signIn.isCurrent(user);
    }
}
