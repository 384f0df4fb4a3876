package io.acmpintune.engine.console.signin;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code engine.console.*} as configured; {@link LocalUsers} and {@link OidcSettings} validate it.
 *
 * @param users local users, who sign in with a name and a password
 */
@ConfigurationProperties(prefix = "engine.console", ignoreUnknownFields = false)
record ConsoleProperties(@DefaultValue List<UserProperties> users, @DefaultValue OidcProperties oidc) {

    ConsoleProperties {
        users = List.copyOf(users);
    }

    /**
     * {@code engine.console.users[].*}.
     *
     * @param name in any case
     * @param password {@code {bcrypt}} and the hash
     * @param displayName shown by the console; null for the name
     */
    record UserProperties(@Nullable String name, @Nullable String password, @DefaultValue List<String> roles,
            @Nullable String displayName) {

        UserProperties {
            roles = List.copyOf(roles);
        }

        @Override
        public String toString() {
            return "UserProperties[name=" + name + ", roles=" + roles + "]";
        }
    }

    /**
     * {@code engine.console.oidc.*}.
     *
     * @param issuer address of the provider, such as {@code https://login.microsoftonline.com/<tenant>/v2.0}; null to disable this
     *            way of signing in
     * @param roleClaim the claim of the ID token that names roles
     * @param roles maps values of the claim to roles; names of roles need no entry
     * @param displayName the provider's name on the button
     */
    record OidcProperties(@Nullable String issuer, @Nullable String clientId, @Nullable String clientSecret,
            @DefaultValue("roles") String roleClaim, @DefaultValue Map<String, String> roles,
            @DefaultValue("Microsoft Entra ID") String displayName) {

        OidcProperties {
            roles = Map.copyOf(roles);
        }

        @Override
        public String toString() {
            return "OidcProperties[issuer=" + issuer + ", clientId=" + clientId + "]";
        }
    }
}
