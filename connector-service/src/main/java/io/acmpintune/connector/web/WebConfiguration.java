package io.acmpintune.connector.web;

import java.util.List;

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

/** Wires access control and error responses of the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebConfiguration.ApiProperties.class)
@Import({AccessConfiguration.class, ProblemConfiguration.class})
class WebConfiguration {

    /** {@code connector.api.*}: accepted bearer tokens. */
    @ConfigurationProperties(prefix = "connector.api", ignoreUnknownFields = false)
    record ApiProperties(@Nullable List<ApiToken> tokens) {
        @Override
        public String toString() {
            return "ApiProperties[…]";
        }
    }

    /** A token without a name belongs to the engine and has all roles, because the engine decides who may order what. */
    @Bean
    ApiTokens apiTokens(ApiProperties properties) {
        return ApiTokens.of("connector.api.tokens", properties.tokens(), Role.all());
    }

    @Bean
    RouteRules routeRules() {
        return Routes.RULES;
    }
}
