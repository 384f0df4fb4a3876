package io.acmpintune.connector.tenant;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application permissions that an access token says it carries. Microsoft does not promise that a token for Graph can be
 * read by others, so it is a hint: a token without a readable form is no failure.
 */
public sealed interface TokenRoles {

    /**
     * The claim {@code roles}; Entra leaves it out when nothing is granted.
     *
     * @param names such as {@code DeviceManagementManagedDevices.Read.All}
     */
    record Listed(Set<String> names) implements TokenRoles {
        public Listed {
            names = Set.copyOf(names);
        }
    }

    /** It is not a JWT, or an encrypted one. */
    record Unreadable() implements TokenRoles {}

    /** Reads without checking the signature, which is Graph's matter. */
    static TokenRoles of(String token, JsonMapper json) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return new Unreadable();
        }
        try {
            JsonNode claims = json
                    .readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            JsonNode roles = claims.path("roles");
            if (!claims.isObject() || !(roles.isMissingNode() || roles.isArray())) {
                return new Unreadable();
            }
            Set<String> names = new HashSet<>();
            roles.forEach(role -> names.add(role.asString("")));
            return new Listed(names);
        } catch (JacksonException | IllegalArgumentException _) {
            return new Unreadable();
        }
    }
}
