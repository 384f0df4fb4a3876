package io.acmpintune.engine.workflow;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** Makes the connection to SICS of the configuration. */
final class SicsSettings {

    private SicsSettings() {}

    /**
     * Checks {@code acmp.sics.*}.
     *
     * @throws WrongConfiguration naming the keys
     */
    static SicsConnection connection(SicsProperties sics) {
        List<ConfigurationFault> faults = new ArrayList<>();
        String url = text("acmp.sics.url", sics.url(), "Set SICS's address, such as https://sics.example.com:3900",
                faults);
        String user = text("acmp.sics.username", sics.username(), "Set the SICS user's name", faults);
        String password = text("acmp.sics.password", sics.password(),
                "Set the SICS user's password, best from a secret file", faults);
        if (!faults.isEmpty()) {
            throw new WrongConfiguration(faults);
        }
        try {
            return new SicsConnection(URI.create(url), user, password, sics.allowUnencrypted(), sics.connectTimeout(),
                    sics.readTimeout(), sics.replyTimeout());
        } catch (IllegalArgumentException _) {
            throw new WrongConfiguration(
                    List.of(new ConfigurationFault("acmp.sics.url", "'" + url + "' is not an address",
                            "Write it like https://sics.example.com:3900")));
        }
    }

    private static String text(String key, @Nullable String value, String remedy, List<ConfigurationFault> faults) {
        if (value == null || value.isBlank()) {
            faults.add(new ConfigurationFault(key, "is missing", remedy));
            return "";
        }
        return value.strip();
    }
}
