package io.acmpintune.engine.workflow;

import org.jspecify.annotations.Nullable;

/**
 * How the engine authenticates at a connector-service: a token for each use, so that none of them can do everything.
 *
 * @param reading for status, feeds and settings
 * @param acting for device actions, scans and decisions
 * @param stopping for starting emergency stops
 * @param lifting for lifting them
 * @param sslBundle Spring SSL bundle with the trusted authority, and the engine's certificate for mutual TLS; null = the Java
 *            platform's trust store
 */
public record ConnectorAccess(String reading, String acting, String stopping, String lifting,
        @Nullable String sslBundle) {

    /** Returns no token. */
    @Override
    public String toString() {
        return "ConnectorAccess[sslBundle=" + sslBundle + "]";
    }
}
