package io.acmpintune.runtime.access;

import org.jspecify.annotations.Nullable;

/**
 * A token as the configuration writes it: {@code {name: acmp, role: operator, token: …}}, or only the token.
 *
 * @param name who uses it; null if the configuration has only the token
 */
public record ApiToken(@Nullable String name, @Nullable String role, @Nullable String token) {

    /** Spring converts a text with this method. It must not throw: the message would contain the token. */
    public static ApiToken of(String token) {
        return new ApiToken(null, null, token);
    }

    boolean isPlain() {
        return name == null && role == null;
    }

    @Override
    public String toString() {
        return "ApiToken[name=" + name + ", role=" + role + "]";
    }
}
