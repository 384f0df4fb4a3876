package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;

/** Records sign-ins and sign-outs, and leads to the requested page. */
@Component
class SignInOutcome extends SavedRequestAwareAuthenticationSuccessHandler
        implements
            AuthenticationFailureHandler,
            LogoutHandler {

    private final SignInAudit audit;

    SignInOutcome(SignInAudit audit) {
        this.audit = audit;
        setDefaultTargetUrl("/console");
        setRequestCache(ConsoleCookies.requestedPage());
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
            Authentication person) throws IOException, ServletException {
        try {
            audit.signedIn(person.getName());
        } catch (RuntimeException e) {
            // without an audit entry there is no session
            Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
            throw e;
        }
        super.onAuthenticationSuccess(request, response, person);
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException reason) throws IOException {
        if (reason instanceof OAuth2AuthenticationException) {
            audit.failed(Optional.empty());
        }
        getRedirectStrategy().sendRedirect(request, response, ConsoleRequests.SIGN_IN + "?" + word(reason));
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person) {
        if (person != null) {
            audit.signedOut(person.getName());
        }
    }

    private static String word(AuthenticationException reason) {
        return switch (reason) {
            case LockedException _ -> "locked";
            case OAuth2AuthenticationException oauth -> OidcSignIn.NO_ROLE.equals(oauth.getError().getErrorCode())
                    ? "no-role"
                    : "provider-failed";
            default -> "failed";
        };
    }
}
