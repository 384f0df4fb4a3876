package io.acmpintune.engine.console.signin;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.signin.ConsoleProperties.OidcProperties;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/**
 * The validated settings of an OpenID provider.
 *
 * @param roles maps values of the claim to roles
 */
record OidcSettings(String issuer, String clientId, String clientSecret, String roleClaim, Map<String, Role> roles,
        String displayName) {

    private static final String KEY = "engine.console.oidc.";

    OidcSettings {
        roles = Map.copyOf(roles);
    }

    /**
     * Reads the configured provider; empty if there is none.
     *
     * @throws InvalidConfigurationException with every fault found
     */
    static Optional<OidcSettings> read(OidcProperties properties) {
        if (blank(properties.issuer()) && blank(properties.clientId()) && blank(properties.clientSecret())) {
            return Optional.empty();
        }
        List<ConfigurationFault> faults = new ArrayList<>();
        String issuer = issuer(properties.issuer(), faults);
        String client = text("client-id", properties.clientId(),
                "Set the application (client) ID of the registered application", faults);
        String secret = text("client-secret", properties.clientSecret(),
                "Set the application's client secret, best from a secret file", faults);
        Map<String, Role> roles = roles(properties.roles(), faults);
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
        return Optional.of(new OidcSettings(issuer, client, secret, properties.roleClaim(), roles,
                properties.displayName()));
    }

    /** Returns the roles for the values of the claim. */
    Set<Role> rolesOf(List<String> values) {
        return values.stream()
                .flatMap(value -> Optional.ofNullable(roles.get(value)).or(() -> Role.read(value, Role.all())).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private static Map<String, Role> roles(Map<String, String> given, List<ConfigurationFault> faults) {
        Map<String, Role> roles = new HashMap<>();
        given.forEach((value, role) -> Role.read(role, Role.all())
                .ifPresentOrElse(known -> roles.put(value, known),
                        () -> faults.add(new ConfigurationFault(KEY + "roles." + value, "'" + role + "' is not a role",
                                "Set viewer, operator, approver or administrator"))));
        return roles;
    }

    private static String issuer(@Nullable String given, List<ConfigurationFault> faults) {
        String remedy = "Set the provider's issuer, such as https://login.microsoftonline.com/<tenant>/v2.0";
        String issuer = text("issuer", given, remedy, faults);
        if (issuer.isEmpty()) {
            return issuer;
        }
        try {
            URI address = URI.create(issuer);
            boolean local = "localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost());
            if ("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && local)) {
                return issuer;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        faults.add(new ConfigurationFault(KEY + "issuer", "'" + issuer + "' is not an https address", remedy));
        return issuer;
    }

    private static String text(String key, @Nullable String given, String remedy, List<ConfigurationFault> faults) {
        if (blank(given)) {
            faults.add(new ConfigurationFault(KEY + key, "is missing", remedy));
            return "";
        }
        return String.valueOf(given).strip();
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
