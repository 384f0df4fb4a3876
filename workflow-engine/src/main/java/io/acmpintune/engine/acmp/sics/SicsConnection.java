package io.acmpintune.engine.acmp.sics;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/**
 * Where SICS is and who we are there.
 *
 * @param url scheme, host and port, as in {@code https://sics:3900}
 * @param userName the SICS user
 * @param password its password; nothing in this package writes it anywhere but into the log-in
 * @param allowUnencrypted whether {@code http} is acceptable: as the url, or while no TLS connection to an {@code https} url
 *     can be made. Whoever can disturb the network can then read the password.
 * @param connectTimeout how long making a connection may take
 * @param readTimeout how long one call may take
 * @param replyTimeout how long ACMP may take to answer a command, counted from its sending
 */
public record SicsConnection(URI url, String userName, String password, boolean allowUnencrypted,
        Duration connectTimeout, Duration readTimeout, Duration replyTimeout) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final Duration REPLY = Duration.ofMinutes(2);

    /**
     * Checks the settings.
     *
     * @throws WrongConfiguration naming every key with a wrong value
     */
    public SicsConnection {
        var faults = new Faults();
        faults.addIf(url.getHost() == null || url.getScheme() == null, "url", "it has no scheme or no host",
                "Write it like https://sics.example.com:3900");
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        faults.addIf(!secure && !scheme.equals("http") && !scheme.isEmpty(), "url",
                "'" + scheme + "' is no protocol of SICS",
                "Use https (or http)");
        faults.addIf(scheme.equals("http") && !allowUnencrypted, "url", "http would send the password in clear",
                "Use https, or set acmp.sics.allow-unencrypted to true if this network may be trusted");
        faults.addIf(url.getRawUserInfo() != null, "url", "it holds a user name",
                "Set acmp.sics.username and acmp.sics.password instead");
        faults.addIf(url.getRawQuery() != null || url.getRawFragment() != null, "url", "it has a query or a fragment",
                "Leave both out: SICS's address is scheme, host and port");
        faults.addIf(userName.isBlank(), "username", "it is empty", "Set it to the SICS user's name");
        faults.addIf(password.isEmpty(), "password", "it is empty", "Set it to the SICS user's password");
        faults.addUnlessPositive("connect-timeout", connectTimeout);
        faults.addUnlessPositive("read-timeout", readTimeout);
        faults.addUnlessPositive("reply-timeout", replyTimeout);
        faults.throwIfAny();
    }

    /** A connection with the default times: 5 s to connect, 30 s for a call, 2 minutes for a reply. */
    public static SicsConnection of(URI url, String userName, String password, boolean allowUnencrypted) {
        return new SicsConnection(url, userName, password, allowUnencrypted, CONNECT, READ, REPLY);
    }

    /** The port of the url, or the usual one of its scheme. */
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
        var host = url.getHost() + ":" + port();
        return new SicsConnection(URI.create("http://" + host + (url.getRawPath() == null ? "" : url.getRawPath())),
                userName, password, true, connectTimeout, readTimeout, replyTimeout);
    }

    /** The user is named, the password is not. */
    @Override
    public String toString() {
        return "SicsConnection[" + url + ", user " + userName + "]";
    }

    /** Collects what is wrong, so that all of it is told at once. */
    private static final class Faults {

        private final List<ConfigurationFault> found = new ArrayList<>();

        void addIf(boolean wrong, String key, String reason, String remedy) {
            if (wrong) {
                found.add(new ConfigurationFault("acmp.sics." + key, reason, remedy));
            }
        }

        void addUnlessPositive(String key, Duration value) {
            addIf(!value.isPositive(), key, "it is " + value.toMillis() + " ms",
                    "Set it to a time above zero, such as 30s");
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new WrongConfiguration(found);
            }
        }
    }
}
