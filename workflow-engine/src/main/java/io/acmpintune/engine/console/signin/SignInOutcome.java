package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

import io.acmpintune.runtime.access.Identity;

/** Records sign-ins and sign-outs, and leads to the requested page. */
@Component
class SignInOutcome extends SavedRequestAwareAuthenticationSuccessHandler
        implements
            AuthenticationFailureHandler,
            LogoutHandler {

    private static final String PERSON = SignInOutcome.class.getName();
    private static final String CONFIRMED_AT = PERSON + ".confirmedAt";

    private final SignInAudit audit;
    private final InstantSource clock;

    SignInOutcome(SignInAudit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
        setDefaultTargetUrl("/console");
        setRequestCache(ConsoleCookies.requestedPage());
    }

    /** Returns when the session's person last signed in; the epoch if that is not known. */
    static Instant confirmedAt(HttpSession session) {
        return session.getAttribute(CONFIRMED_AT) instanceof Instant known ? known : Instant.EPOCH;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
            Authentication person) throws IOException, ServletException {
        HttpSession session = request.getSession();
        Identity identity = Identity.of(person);
        String signature = identity.key() + " " + identity.roles().stream().sorted().toList();
        Object before = session.getAttribute(PERSON);
        if (!signature.equals(before)) {
            try {
                audit.signedIn(identity, person.getPrincipal() instanceof OidcPerson oidc ? oidc.login() : null);
            } catch (RuntimeException e) {
                // without an audit entry there is no session
                session.invalidate();
                throw e;
            }
            if (before != null && !before.toString().startsWith(identity.key() + " ")) {
                forgetWhatAnotherPersonDid(session);
            }
            session.setAttribute(PERSON, signature);
        }
        session.setAttribute(CONFIRMED_AT, clock.instant());
        super.onAuthenticationSuccess(request, response, person);
    }

    private static void forgetWhatAnotherPersonDid(HttpSession session) {
        new ArrayList<>(Collections.list(session.getAttributeNames())).stream()
                .filter(name -> !name.equals(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY))
                .forEach(session::removeAttribute);
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException reason) throws IOException {
        if (reason instanceof OAuth2AuthenticationException) {
            audit.failedAtProvider();
        }
        String word = word(reason);
        if (word.equals("no-role") || word.equals("revoked")) {
            // whoever was signed in has lost every role meanwhile
            Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
        }
        getRedirectStrategy().sendRedirect(request, response, ConsoleRequests.SIGN_IN + "?" + word);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person) {
        if (person != null) {
            audit.signedOut(person.getName());
        }
    }

    private static String word(AuthenticationException reason) {
        return switch (reason) {
            case LocalSignIn.TooSoonException _ -> "too-soon";
            case DisabledException _ -> "revoked";
            case OAuth2AuthenticationException oauth -> switch (oauth.getError().getErrorCode()) {
                case OidcSignIn.NO_ROLE -> "no-role";
                case OidcSignIn.REVOKED -> "revoked";
                default -> "provider-failed";
            };
            default -> "failed";
        };
    }
}
