package io.acmpintune.runtime.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The authenticated caller. The audit records the name and the four-eyes rules compare it; the person named in a
 * request is only recorded as well. Controllers declare it as a parameter.
 *
 * @param name stable across token rotation: {@code token:acmp} for a token, {@code user:anna} for a person who logged in
 */
public record Identity(String name, Set<Role> roles) {

    public Identity {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an identity has a name");
        }
        roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** Returns the identity of any kind of authentication: its name, and those of its authorities that are roles. */
    public static Identity of(Authentication authentication) {
        Set<String> authorities = authentication.getAuthorities()
                .stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return new Identity(authentication.getName(),
                Arrays.stream(Role.values())
                        .filter(role -> authorities.contains(role.authority()))
                        .collect(Collectors.toSet()));
    }

    /** Returns whether the identity has at least one of the roles. */
    public boolean hasAnyOf(Set<Role> wanted) {
        return !Collections.disjoint(roles, wanted);
    }
}
