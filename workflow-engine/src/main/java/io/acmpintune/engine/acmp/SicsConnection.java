package io.acmpintune.engine.acmp;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where SICS is and who we are there.
 *
 * @param url scheme, host and port, as in {@code https://sics:3900}
 * @param userName the SICS user
 * @param password its password; nothing in this package writes it anywhere but into the log-in
 * @param allowUnencrypted whether {@code http} is acceptable; there is no falling back from {@code https} to it
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
     * @throws IllegalArgumentException naming the configuration key, what is wrong, and the remedy
     */
    public SicsConnection {
        require(url.getHost() != null && url.getScheme() != null, "url",
                "'" + url + "' has no scheme or no host: write it like https://sics.example.com:3900");
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        require(url.getUserInfo() == null, "url",
                "a URL must not hold a user name or password: set acmp.sics.username and acmp.sics.password");
        require(url.getQuery() == null && url.getFragment() == null, "url",
                "'" + url + "' has a query or a fragment: SICS's address is scheme, host and port");
        require(scheme.equals("https") || scheme.equals("http"), "url",
                "'" + scheme + "' is no protocol of SICS: use https (or http)");
        require(scheme.equals("https") || allowUnencrypted, "url", "http would send the password in clear:"
                + " use https, or set acmp.sics.allow-unencrypted to true if this network may be trusted");
        require(!userName.isBlank(), "username", "it is empty: set it to the SICS user's name");
        require(!password.isEmpty(), "password", "it is empty: set it to the SICS user's password");
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("read-timeout", readTimeout);
        requirePositive("reply-timeout", replyTimeout);
    }

    /** A connection with the default times: 5 s to connect, 30 s for a call, 2 minutes for a reply. */
    public static SicsConnection of(URI url, String userName, String password, boolean allowUnencrypted) {
        return new SicsConnection(url, userName, password, allowUnencrypted, CONNECT, READ, REPLY);
    }

    /** The user is named, the password is not. */
    @Override
    public String toString() {
        return "SicsConnection[" + url + ", user " + userName + "]";
    }

    private static void requirePositive(String key, Duration value) {
        require(value.isPositive(), key, "it is " + value + ": set it to a time above zero, such as 30s");
    }

    private static void require(boolean holds, String key, String why) {
        if (!holds) {
            throw new IllegalArgumentException("acmp.sics." + key + ": " + why);
        }
    }
}
