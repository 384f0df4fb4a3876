package io.acmpintune.runtime.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The authenticated caller. The audit records the key and the four-eyes rules compare it; the person named in a request
 * is only recorded as well. Controllers declare it as a parameter.
 *
 * @param key never changes and never belongs to anybody else: {@code token:acmp} for a token whatever its text,
 *            {@code user:anna} for a local user, {@code entra:<tenant>/<object>} for a person of Microsoft Entra ID,
 *            {@code oidc:<issuer>#<subject>} for one of another provider
 * @param displayName for pages and messages; anybody may have the same one
 */
public record Identity(String key, String displayName, Set<Role> roles) {

    public Identity {
        if (key.isBlank() || displayName.isBlank()) {
            throw new IllegalArgumentException("an identity has a key and a display name");
        }
        roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** Creates an identity that is shown by its key. */
    public Identity(String key, Set<Role> roles) {
        this(key, key, roles);
    }

    /**
     * Returns the caller of the current request.
     *
     * @throws IllegalStateException for a request that needs no authentication
     */
    public static Identity current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            throw new IllegalStateException("A route with an identity needs an authenticated caller");
        }
        return of(authentication);
    }

    /** Returns the identity of any kind of authentication: its name is the key, and those of its authorities that are roles. */
    public static Identity of(Authentication authentication) {
        Set<String> authorities = authentication.getAuthorities()
                .stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        String key = authentication.getName();
        return new Identity(key, authentication.getPrincipal() instanceof Named person ? person.displayName() : key,
                Arrays.stream(Role.values())
                        .filter(role -> authorities.contains(role.authority()))
                        .collect(Collectors.toSet()));
    }

    /** A principal that has a name for people beside its key. */
    public interface Named {
        String displayName();
    }

    /** Returns whether the identity has at least one of the roles. */
    public boolean hasAnyOf(Set<Role> wanted) {
        return !Collections.disjoint(roles, wanted);
    }
}
