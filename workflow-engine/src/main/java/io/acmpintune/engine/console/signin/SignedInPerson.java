package io.acmpintune.engine.console.signin;

import org.springframework.security.core.Authentication;

/**
 * Who looks at a page.
 *
 * @param identity as the audit names the person: {@code user:anna}
 * @param displayName as the person is called
 */
public record SignedInPerson(String identity, String displayName) {

    /** In whatever way the person signed in. */
    public static SignedInPerson of(Authentication authentication) {
        String identity = authentication.getName();
        return switch (authentication.getPrincipal()) {
            case ConsoleUser user -> new SignedInPerson(identity, user.displayName());
            case OidcPerson person -> new SignedInPerson(identity, person.displayName());
            case null, default -> new SignedInPerson(identity, identity);
        };
    }
}
