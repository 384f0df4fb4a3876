package io.acmpintune.engine.console.signin;

import java.util.Collection;
import java.util.Locale;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** A person signed in with the OpenID provider, with a readable name. */
final class OidcPerson extends DefaultOidcUser {

    private static final long serialVersionUID = 1L;

    OidcPerson(Collection<? extends GrantedAuthority> roles, OidcIdToken token) {
        super(roles, token);
    }

    /** Returns the identity for the audit and the four-eyes rules. */
    @Override
    public String getName() {
        return "user:" + readable().toLowerCase(Locale.ROOT);
    }

    String displayName() {
        String name = getFullName();
        return name == null ? readable() : name;
    }

    private String readable() {
        String preferred = getPreferredUsername();
        if (preferred != null) {
            return preferred;
        }
        String email = getEmail();
        return email == null ? String.valueOf(getSubject()) : email;
    }
}
