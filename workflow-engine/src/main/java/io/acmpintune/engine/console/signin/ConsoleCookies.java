package io.acmpintune.engine.console.signin;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;

/** What is kept of somebody who has not signed in: in cookies, since every visit would else make a session in the database. */
final class ConsoleCookies {

    private static final String PATH = "/console";

    private ConsoleCookies() {}

    /** The token that a form has to carry; another is made at the sign-in. */
    static CsrfTokenRepository csrfToken() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("console-form");
        tokens.setCookiePath(PATH);
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return tokens;
    }

    /** The page that somebody wanted to see before signing in. */
    static RequestCache wantedPage() {
        CookieRequestCache pages = new CookieRequestCache();
        pages.setRequestMatcher(new AndRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/console/**"),
                new NegatedRequestMatcher(ConsoleRequests.FRAGMENTS)));
        pages.setCookieCustomizer(cookie -> cookie.setAttribute("SameSite", "Lax"));
        return pages;
    }
}
