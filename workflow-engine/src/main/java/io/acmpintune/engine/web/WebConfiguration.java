package io.acmpintune.engine.web;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.acmpintune.runtime.access.AccessConfiguration;
import io.acmpintune.runtime.access.ApiToken;
import io.acmpintune.runtime.access.ApiTokens;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;
import io.acmpintune.runtime.problem.ProblemConfiguration;

/** Configures who may call the API, and how it answers errors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebConfiguration.ApiProperties.class)
@Import({AccessConfiguration.class, ProblemConfiguration.class})
class WebConfiguration {

    /** {@code engine.api.*}: the accepted bearer tokens. */
    @ConfigurationProperties(prefix = "engine.api", ignoreUnknownFields = false)
    record ApiProperties(@Nullable List<ApiToken> tokens) {
        @Override
        public String toString() {
            return "ApiProperties[…]";
        }
    }

    /** Tokens without a name get the role operator, so they can neither approve nor release. */
    @Bean
    ApiTokens apiTokens(ApiProperties properties) {
        return ApiTokens.of("engine.api.tokens", properties.tokens(), Set.of(Role.OPERATOR));
    }

    @Bean
    RouteRules routeRules() {
        return Routes.RULES;
    }
}
