package io.acmpintune.engine.console.signin;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;

/** Stores the state of visitors who are not signed in. Cookies avoid a session in the database for every visit. */
final class ConsoleCookies {

    private static final String PATH = "/console";

    private ConsoleCookies() {}

    /** Returns the repository of form tokens; signing in replaces the token. */
    static CsrfTokenRepository csrfToken() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("console-form");
        tokens.setCookiePath(PATH);
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return tokens;
    }

    /** Returns the store of the page that was requested before signing in. */
    static RequestCache requestedPage() {
        CookieRequestCache pages = new CookieRequestCache();
        pages.setRequestMatcher(new AndRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/console/**"),
                new NegatedRequestMatcher(ConsoleRequests.FRAGMENTS)));
        pages.setCookieCustomizer(cookie -> cookie.setAttribute("SameSite", "Lax"));
        return pages;
    }
}
