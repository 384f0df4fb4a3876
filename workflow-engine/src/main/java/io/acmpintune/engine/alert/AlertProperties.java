package io.acmpintune.engine.alert;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code alerts.*}.
 *
 * @param connectionBrokenAfter how long a connector or ACMP server is unreachable before webhooks are notified, 1 minute to
 *     24 hours
 */
@Validated
@ConfigurationProperties(prefix = "alerts", ignoreUnknownFields = false)
record AlertProperties(
        @DurationMin(minutes = 1, message = OUT_OF_RANGE) @DurationMax(days = 1, message = OUT_OF_RANGE) @DefaultValue("5m") Duration connectionBrokenAfter) {

    private static final String OUT_OF_RANGE = "${validatedValue} is out of range. Set 1m to 24h, or leave the key out";
}
