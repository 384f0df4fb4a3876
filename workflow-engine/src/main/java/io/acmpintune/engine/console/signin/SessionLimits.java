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
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.filter.OncePerRequestFilter;

import io.acmpintune.runtime.access.Revocations;

/**
 * Ends sessions that are idle, that have lasted a working day, whose user's configuration has changed, or whose access was revoked, and
 * has the roles of an OpenID provider's person confirmed every few minutes. Pages that refresh themselves send {@link #POLL}, which does
 * not count as activity.
 */
final class SessionLimits extends OncePerRequestFilter {

    static final String POLL = "X-Console-Poll";
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);

    private static final String ACTIVE = SessionLimits.class.getName();
    /** When a page last reloaded itself, which is not its reader's activity. */
    private static final String RELOADED = ACTIVE + ".reloaded";
    /** Precision of the last activity, since each update is a write to the database. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final LocalSignIn signIn;
    private final Revocations revocations;
    private final InstantSource clock;
    private final RequestCache pages = ConsoleCookies.requestedPage();

    SessionLimits(LocalSignIn signIn, Revocations revocations, InstantSource clock) {
        this.signIn = signIn;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session == null || !check(session, request.getHeader(POLL) != null)
                || !mustRenew(session, request, response)) {
            chain.doFilter(request, response);
        }
    }

    /** Returns whether the session goes on. */
    private boolean check(HttpSession session, boolean poll) {
        Instant now = clock.instant();
        Instant active = instant(session, ACTIVE, now);
        boolean over = active.plus(IDLE).isBefore(now)
                || Instant.ofEpochMilli(session.getCreationTime()).plus(LONGEST).isBefore(now)
                || !isCurrent(person());
        if (over) {
            session.invalidate();
            SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
            return false;
        }
        boolean byItself = poll || instant(session, RELOADED, Instant.EPOCH).plus(GRAIN).isAfter(now);
        if (session.getAttribute(ACTIVE) == null || (!byItself && active.plus(GRAIN).isBefore(now))) {
            session.setAttribute(ACTIVE, now);
        }
        return true;
    }

    /** Returns whether the request was answered, because the provider has to confirm the roles first. */
    private boolean mustRenew(HttpSession session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Authentication person = person();
        if (person == null || !(person.getPrincipal() instanceof OidcPerson) || ConsoleRequests.OPEN.matches(request)) {
            return false;
        }
        boolean part = ConsoleRequests.FRAGMENTS.matches(request);
        boolean page = !part && HttpMethod.GET.matches(request.getMethod());
        Instant now = clock.instant();
        switch (RoleRenewal.step(SignInOutcome.confirmedAt(session), now, page, part)) {
            case NONE -> {
                return false;
            }
            case RENEW -> {
                pages.saveRequest(request, response);
                response.sendRedirect(OidcSignIn.address());
            }
            case RELOAD -> {
                session.setAttribute(RELOADED, now);
                ConsoleRequests.reload(response);
            }
            case SIGN_IN -> response.sendRedirect(OidcSignIn.address());
        }
        return true;
    }

    private static @Nullable Authentication person() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static Instant instant(HttpSession session, String attribute, Instant otherwise) {
        return session.getAttribute(attribute) instanceof Instant known ? known : otherwise;
    }

    private boolean isCurrent(@Nullable Authentication authentication) {
        return authentication == null || (!revocations.covers(authentication.getName())
                && (!(authentication.getPrincipal() instanceof ConsoleUser user) || signIn.isCurrent(user)));
    }
}
