package io.acmpintune.connector.web;

import java.util.List;
import java.util.Set;

import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.validation.annotation.Validated;

import io.acmpintune.runtime.access.AccessConfiguration;
import io.acmpintune.runtime.access.ApiToken;
import io.acmpintune.runtime.access.ApiTokens;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;
import io.acmpintune.runtime.limit.LimitConfiguration;
import io.acmpintune.runtime.limit.RequestLimits;
import io.acmpintune.runtime.problem.ProblemConfiguration;

/** Wires access control and error responses of the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WebConfiguration.ApiProperties.class, WebConfiguration.LimitProperties.class})
@Import({AccessConfiguration.class, ProblemConfiguration.class, LimitConfiguration.class})
class WebConfiguration {

    /** {@code connector.api.*}: accepted bearer tokens. */
    @ConfigurationProperties(prefix = "connector.api", ignoreUnknownFields = false)
    record ApiProperties(@Nullable List<ApiToken> tokens) {
        @Override
        public String toString() {
            return "ApiProperties[…]";
        }
    }

    /** Whoever steals a token can do what its roles allow. Lifting an emergency stop always takes a token of its own. */
    @Bean
    ApiTokens apiTokens(ApiProperties properties) {
        return ApiTokens.of("connector.api.tokens", properties.tokens(),
                new ApiTokens.Rules(Role.ofConnector(), Set.of(), true, Set.of(Role.LIFTER)));
    }

    /**
     * {@code connector.limits.*}: what one identity may ask of one replica.
     *
     * @param requestsPerSecond in the long run; the emergency stop is never limited
     * @param burst requests at once
     * @param heldRequests event streams and long polls at once
     */
    @Validated
    @ConfigurationProperties(prefix = "connector.limits", ignoreUnknownFields = false)
    record LimitProperties(
            @DefaultValue("300") @Min(value = 1, message = MUST_BE_POSITIVE) int requestsPerSecond,
            @DefaultValue("1000") @Min(value = 1, message = MUST_BE_POSITIVE) int burst,
            @DefaultValue("100") @Min(value = 1, message = MUST_BE_POSITIVE) int heldRequests) {

        private static final String MUST_BE_POSITIVE = "is less than 1. Set 1 or more";
    }

    @Bean
    RequestLimits identityLimits(LimitProperties properties) {
        return new RequestLimits(properties.requestsPerSecond(), properties.burst(), properties.heldRequests());
    }

    @Bean
    RouteRules routeRules() {
        return Routes.RULES;
    }
}
