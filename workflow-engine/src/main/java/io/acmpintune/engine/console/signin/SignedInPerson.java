package io.acmpintune.engine.console.signin;

import org.springframework.security.core.Authentication;

/**
 * The viewer of a page.
 *
 * @param identity name in the audit, such as {@code user:anna}
 * @param displayName shown name
 */
public record SignedInPerson(String identity, String displayName) {

    /** Returns the person for any way of signing in. */
    public static SignedInPerson of(Authentication authentication) {
        String identity = authentication.getName();
        return switch (authentication.getPrincipal()) {
            case ConsoleUser user -> new SignedInPerson(identity, user.displayName());
            case OidcPerson person -> new SignedInPerson(identity, person.displayName());
            case null, default -> new SignedInPerson(identity, identity);
        };
    }
}
