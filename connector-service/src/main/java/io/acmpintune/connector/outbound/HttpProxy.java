package io.acmpintune.connector.outbound;

import org.jspecify.annotations.Nullable;

/**
 * A proxy for HTTPS by CONNECT.
 *
 * @param username null = no authentication
 */
public record HttpProxy(String host, int port, @Nullable String username, @Nullable String password) {

    /** Contains no secret. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
