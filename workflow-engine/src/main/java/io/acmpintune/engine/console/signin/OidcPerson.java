package io.acmpintune.engine.console.signin;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

import io.acmpintune.runtime.access.Identity;

/**
 * A person signed in with the OpenID provider. The key consists of claims that nobody can choose and no provider gives to somebody else
 * later, unlike {@code preferred_username} and {@code email}.
 */
final class OidcPerson extends DefaultOidcUser implements Identity.Named {

    private static final long serialVersionUID = 1L;

    OidcPerson(Collection<? extends GrantedAuthority> roles, OidcIdToken token) {
        super(roles, token);
    }

    /** Returns the identity for the audit and the four-eyes rules. */
    @Override
    public String getName() {
        return entraKey().orElseGet(() -> "oidc:" + getIssuer() + "#" + getSubject());
    }

    @Override
    public String displayName() {
        String name = getFullName();
        return name == null || name.isBlank() ? Optional.ofNullable(login()).orElseGet(this::getName) : name;
    }

    /** Returns a readable name that the person may have chosen; null if the provider sends none. */
    @Nullable
    String login() {
        String preferred = getPreferredUsername();
        return preferred == null ? getEmail() : preferred;
    }

    /** Microsoft's subject differs per application; tenant and object ID identify a person everywhere. Its issuer names the tenant. */
    private Optional<String> entraKey() {
        String tenant = getClaimAsString("tid");
        String object = getClaimAsString("oid");
        return tenant != null && object != null && String.valueOf(getIssuer()).contains("/" + tenant + "/")
                ? Optional.of("entra:" + tenant + "/" + object)
                : Optional.empty();
    }
}
