package io.acmpintune.engine.alert;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/**
 * {@code alerts.*}.
 *
 * @param connectionBrokenAfter how long a connector or ACMP server is unreachable before webhooks are notified, 1 minute to
 *     24 hours
 */
@ConfigurationProperties(prefix = "alerts", ignoreUnknownFields = false)
record AlertProperties(@DefaultValue("5m") Duration connectionBrokenAfter) {

    AlertProperties {
        if (connectionBrokenAfter.compareTo(Duration.ofMinutes(1)) < 0
                || connectionBrokenAfter.compareTo(Duration.ofDays(1)) > 0) {
            throw new WrongConfiguration(List.of(new ConfigurationFault("alerts.connection-broken-after",
                    connectionBrokenAfter + " is out of range", "Set 1m to 24h, or leave the key out")));
        }
    }
}
