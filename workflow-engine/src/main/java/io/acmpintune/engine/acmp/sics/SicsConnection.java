package io.acmpintune.engine.acmp.sics;

import java.net.URI;
import java.time.Duration;

/**
 * The address of SICS, our credentials and time limits.
 *
 * @param url scheme, host and port, as in {@code https://sics:3900}
 * @param userName the SICS user
 * @param password its password; written into the login request only
 * @param allowUnencrypted whether {@code http} is acceptable: as the url, or while no TLS connection to an {@code https} url
 *     can be made. An attacker who can disturb the network can then read the password.
 * @param connectTimeout longest time to connect
 * @param readTimeout longest time of one call
 * @param replyTimeout longest time from sending a command to the reply of ACMP
 */
public record SicsConnection(URI url, String userName, String password, boolean allowUnencrypted,
        Duration connectTimeout, Duration readTimeout, Duration replyTimeout) {

    /** Refuses an http url unless unencrypted calls are allowed. */
    public SicsConnection {
        if (!allowUnencrypted && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("an http url needs allowUnencrypted");
        }
    }

    /** The port of the url, or the default of its scheme. */
    int port() {
        return url.getPort() >= 0 ? url.getPort() : isEncrypted() ? 443 : 80;
    }

    public boolean isEncrypted() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    /** Whether calls may go to this url unencrypted although it is an https one. */
    public boolean mayFallBack() {
        return allowUnencrypted && isEncrypted();
    }

    /** The same host and port over http. */
    SicsConnection unencrypted() {
        String host = url.getHost() + ":" + port();
        return new SicsConnection(URI.create("http://" + host + (url.getRawPath() == null ? "" : url.getRawPath())),
                userName, password, true, connectTimeout, readTimeout, replyTimeout);
    }

    /** The user is named, the password is not. */
    @Override
    public String toString() {
        return "SicsConnection[" + url + ", user " + userName + "]";
    }
}
