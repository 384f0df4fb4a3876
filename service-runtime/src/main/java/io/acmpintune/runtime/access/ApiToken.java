package io.acmpintune.runtime.access;

import org.jspecify.annotations.Nullable;

/**
 * A token as the configuration writes it: {@code {name: acmp, role: operator, token: …}}, or the token's text alone.
 *
 * @param name who uses it; null where the configuration gives the text alone
 */
public record ApiToken(@Nullable String name, @Nullable String role, @Nullable String token) {

    /** A token's text alone; Spring's conversion finds this method by its name. It must not throw: the message would hold the text. */
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
