package io.acmpintune.engine.console.signin;

import org.springframework.security.core.Authentication;

import io.acmpintune.runtime.access.Identity;

/**
 * The viewer of a page.
 *
 * @param identity key in the audit, such as {@code user:anna}
 * @param displayName shown name
 */
public record SignedInPerson(String identity, String displayName) {

    /** Returns the person for any way of signing in. */
    public static SignedInPerson of(Authentication authentication) {
        Identity identity = Identity.of(authentication);
        return new SignedInPerson(identity.key(), identity.displayName());
    }
}
