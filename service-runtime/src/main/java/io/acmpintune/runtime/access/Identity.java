package io.acmpintune.runtime.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who calls, as the service itself found out. The audit records the name and the four-eyes rules compare it; what a request says
 * of its author is only recorded beside it. A controller takes it as a parameter.
 *
 * @param name stable over rotations: {@code token:acmp} for a token, {@code user:anna} for a person who logged in
 */
public record Identity(String name, Set<Role> roles) {

    public Identity {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an identity has a name");
        }
        roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** Of whatever kind the authentication is: its name, and those of its authorities that are roles. */
    static Identity of(Authentication authentication) {
        Set<String> authorities = authentication.getAuthorities()
                .stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return new Identity(authentication.getName(),
                Arrays.stream(Role.values())
                        .filter(role -> authorities.contains(role.authority()))
                        .collect(Collectors.toSet()));
    }

    /** Whether one of the roles is among those that the identity has. */
    public boolean hasAnyOf(Set<Role> wanted) {
        return !Collections.disjoint(roles, wanted);
    }
}
