package io.acmpintune.engine.console.signin;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a session has to ask the OpenID provider again for the roles of its person. Stored tokens are not needed for that: the
 * browser is sent to the provider, which answers at once while the person is signed in there. Pure.
 */
final class RoleRenewal {

    /** From this age on, the next page is preceded by a visit to the provider. */
    static final Duration RENEWED_AFTER = Duration.ofMinutes(5);
    /** From this age on, the roles do not count. */
    static final Duration VALID_FOR = Duration.ofMinutes(10);

    private RoleRenewal() {}

    /** What a request has to do first. */
    enum Step {
        /** Nothing. */
        NONE,
        /** Visit the provider, and come back. */
        RENEW,
        /** Load the whole page again, which then visits the provider. */
        RELOAD,
        /** Sign in again: the request cannot be repeated. */
        SIGN_IN
    }

    /**
     * @param read when the provider last confirmed the roles
     * @param page whether the request can be repeated by the browser: a page, not a form or a part of a page
     * @param part whether the request is for a part of a page
     */
    static Step step(Instant read, Instant now, boolean page, boolean part) {
        Duration age = Duration.between(read, now);
        if (page) {
            return age.compareTo(RENEWED_AFTER) > 0 ? Step.RENEW : Step.NONE;
        }
        if (age.compareTo(VALID_FOR) <= 0) {
            return Step.NONE;
        }
        return part ? Step.RELOAD : Step.SIGN_IN;
    }
}
