package io.acmpintune.connector.tenant;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application permissions in an access token. Microsoft does not guarantee that clients can read a Graph token, so this is only a
 * hint, and an unreadable token is not a failure.
 */
public sealed interface TokenRoles {

    /**
     * The claim {@code roles}; Entra omits it if no permission is granted.
     *
     * @param names such as {@code DeviceManagementManagedDevices.Read.All}
     */
    record Listed(Set<String> names) implements TokenRoles {
        public Listed {
            names = Set.copyOf(names);
        }
    }

    /** The token is not a JWT, or is encrypted. */
    record Unreadable() implements TokenRoles {}

    /** Reads without checking the signature, which Graph does. */
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
