package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.runtime.startup.ConfigurationFaults;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** Turns {@code acmp.sics.*} into a connection to SICS. */
final class SicsSettings {

    private SicsSettings() {}

    /** @throws InvalidConfigurationException with every fault found */
    static SicsConnection connection(SicsProperties sics) {
        ConfigurationFaults faults = ConfigurationFaults.of("acmp.sics", sics);
        URI url = url(sics, faults);
        faults.throwIfAny();
        return new SicsConnection(url, Objects.requireNonNull(sics.username()).strip(),
                Objects.requireNonNull(sics.password()).strip(), sics.allowUnencrypted(), sics.connectTimeout(),
                sics.readTimeout(), sics.replyTimeout());
    }

    private static URI url(SicsProperties sics, ConfigurationFaults faults) {
        String text = Objects.requireNonNullElse(sics.url(), "").strip();
        URI url = parse(text);
        if (text.isEmpty()) {
            return url;
        }
        if (url.toString().isEmpty()) {
            faults.add("url", "'" + text + "' is not an address", "Write it like https://sics.example.com:3900");
            return url;
        }
        if (url.getHost() == null || url.getScheme() == null) {
            faults.add("url", "it has no scheme or no host", "Write it like https://sics.example.com:3900");
        }
        String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "", "https" -> {
                // what is missing is reported above
            }
            case "http" -> {
                if (!sics.allowUnencrypted()) {
                    faults.add("url", "http would send the password in clear",
                            "Use https, or set acmp.sics.allow-unencrypted to true if this network may be trusted");
                }
            }
            default -> faults.add("url", "'" + scheme + "' is no protocol of SICS", "Use https (or http)");
        }
        if (url.getRawUserInfo() != null) {
            faults.add("url", "it holds a user name", "Set acmp.sics.username and acmp.sics.password instead");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            faults.add("url", "it has a query or a fragment",
                    "Leave both out: SICS's address is scheme, host and port");
        }
        return url;
    }

    /** Returns an empty address for what is none. */
    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            return URI.create("");
        }
    }
}
