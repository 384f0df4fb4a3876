package io.acmpintune.connector.outbound;

import org.jspecify.annotations.Nullable;

/**
 * A proxy that https goes through by CONNECT.
 *
 * @param username null = it asks for none
 */
public record HttpProxy(String host, int port, @Nullable String username, @Nullable String password) {

    /** Names it in messages, without a secret. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
